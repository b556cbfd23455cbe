import { execFileSync } from 'node:child_process'
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads'
import { parseCommand } from '../../sandbox/workflow-commands.ts'

// Blocks in a read of its own, and hands on each line as it comes; null for the end.
const reader = `
const { openSync, readSync } = require('node:fs')
const { parentPort, workerData: { file, lines } } = require('node:worker_threads')
const descriptor = openSync(file, 'r')
const buffer = Buffer.alloc(4096)
let rest = ''
function handOn(line) {
  lines.postMessage(line)
  parentPort.postMessage('a line has come')
}
for (let size = readSync(descriptor, buffer); size > 0; size = readSync(descriptor, buffer)) {
  const whole = (rest + buffer.toString('latin1', 0, size)).split('\\n')
  rest = whole.pop()
  whole.forEach(handOn)
}
handOn(null)
`

interface Stream {
  port: MessagePort
  isOpen: boolean
}

function startReader(file: string, wake: () => void): Stream {
  const { port1: port, port2: lines } = new MessageChannel()
  const thread = new Worker(reader, { eval: true, workerData: { file, lines }, transferList: [lines] })
  thread.on('message', wake)
  return { port, isOpen: true }
}

function waitingIn(stream: Stream): string[] {
  const lines: string[] = []
  for (let next = receiveMessageOnPort(stream.port); next !== undefined; next = receiveMessageOnPort(stream.port)) {
    if (next.message === null) stream.isOpen = false
    else lines.push(next.message)
  }
  return lines
}

/** What stood in the log of a step. */
interface Printed {
  tokens: number
  unmasked: number
}

/**
 * Reads a step as GitHub's worker does (Runner.Common/ProcessInvoker.cs): a thread for each stream, and whenever a line
 * has come a batch, all that waits of stderr and then all that waits of stdout.
 *
 * @param out,err where named pipes for the step are made
 */
export function readStep(out: string, err: string): Promise<Printed> {
  execFileSync('mkfifo', [out, err])
  const masks: string[] = []
  const printed: Printed = { tokens: 0, unmasked: 0 }
  function read(line: string): void {
    const command = parseCommand(line)
    if (command?.name === 'add-mask') masks.push(command.message)
    if (!line.startsWith('eyJ')) return
    printed.tokens++
    if (!masks.some((mask) => line.includes(mask))) printed.unmasked++
  }
  return new Promise((resolve) => {
    function batch(): void {
      for (const line of waitingIn(stderr)) read(line)
      for (const line of waitingIn(stdout)) read(line)
      if (stdout.isOpen || stderr.isOpen) return
      for (const { port } of [stdout, stderr]) port.close()
      resolve(printed)
    }
    const [stdout, stderr] = [startReader(out, batch), startReader(err, batch)]
  })
}
