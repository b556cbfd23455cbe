// Stands for a browser in which somebody is logged in: goes back to where the login came from, and says whose it is.
import { appendFileSync } from 'node:fs'
import { get } from 'node:http'

const [kept, link] = process.argv.slice(2)
const { searchParams, hostname } = new URL(link)
appendFileSync(kept, `${JSON.stringify({ hostname, home: process.env.HOME })}\n`)
const back = new URL(searchParams.get('redirect_uri'))
back.searchParams.set('code', 'code')
back.searchParams.set('state', searchParams.get('state'))
get(back, (response) => response.resume())
