const script = "Object.defineProperty(process, 'platform', { value: 'win32' })"

/** A flag of Node, for its command line or NODE_OPTIONS: the process takes its system for Windows. */
export const saysWindows = `--import=data:text/javascript,${encodeURIComponent(script)}`
