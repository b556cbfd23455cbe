// The bare loop around a statement: start it, ask until it has succeeded, print its rows. No retry and no cancellation.
const https = require('node:https')

const { DATABRICKS_HOST: host, DATABRICKS_TOKEN: token, DATABRICKS_WAREHOUSE_ID: warehouse } = process.env
const agent = new https.Agent({ keepAlive: true })
const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }

const send = (path, method, content) =>
  new Promise((resolve, reject) => {
    const request = https.request(new URL(path, host), { agent, method, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => resolve(JSON.parse(text)))
    })
    request.on('error', reject)
    request.end(content === undefined ? undefined : JSON.stringify(content))
  })

async function main() {
  const path = '/api/2.0/sql/statements'
  const content = {
    statement: process.argv[2],
    warehouse_id: warehouse,
    wait_timeout: '0s',
    on_wait_timeout: 'CONTINUE',
  }
  let answer = await send(path, 'POST', content)
  while (answer.status.state !== 'SUCCEEDED') {
    await new Promise((resolve) => setTimeout(resolve, 100))
    answer = await send(`${path}/${answer.statement_id}`, 'GET')
  }
  for (const row of answer.result.data_array) console.log(row.join(' '))
  process.exit(0)
}

main()
