// node feedsmith.mjs FILE: prints the items found and the seconds that parsing took.
import { readFileSync } from 'node:fs'
import { parseFeed } from 'feedsmith'

const text = readFileSync(process.argv[2], 'utf8')
const begin = performance.now()
const { feed } = parseFeed(text)
console.log(feed.items.length, (performance.now() - begin) / 1000)
