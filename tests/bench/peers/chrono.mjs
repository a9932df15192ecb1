// node chrono.mjs FILE: reads texts, one JSON string a line; prints the bytes, the times found and the
// seconds that finding them took, the median of five rounds after one to warm up.
import { readFileSync } from 'node:fs'
import * as chrono from 'chrono-node'

const texts = readFileSync(process.argv[2], 'utf8').trim().split('\n').map((line) => JSON.parse(line))
const anchor = new Date('2014-12-23T12:00:00Z')
const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
let found = 0
const rounds = []
for (let round = 0; round < 6; ++round) {
  const begin = performance.now()
  found = 0
  for (const text of texts) found += chrono.parse(text, anchor).length
  if (round > 0) rounds.push((performance.now() - begin) / 1000)
}
console.log(bytes, found, rounds.sort((a, b) => a - b)[2])
