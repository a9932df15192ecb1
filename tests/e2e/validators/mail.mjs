// Mails as mail programs read them: mail.mjs FILE.eml… Prints one JSON object a mail; exits 1, saying which, where a part of one is
// not to be read, or its HTML uses what Gmail, Apple Mail or Outlook do not show (caniemail.com).
import { readFileSync } from 'node:fs'
import { doIUseEmail } from '@jsx-email/doiuse-email'
import { simpleParser } from 'mailparser'

const clients = ['gmail.*', 'apple-mail.*', 'outlook.*']
// What a mail program may leave out without harm: it shows the inside of <body>, and knows no direction but the text's own.
const harmless = /<(body|html|head|meta|title)>|`(lang|dir)|max-width|`line-height/

for (const file of process.argv.slice(2)) {
  const mail = await simpleParser(readFileSync(file))
  const wrong = []
  for (const part of ['subject', 'messageId', 'text', 'html', 'date']) if (!mail[part]) wrong.push(`no ${part}`)
  if (mail.attachments.length) wrong.push('something is attached')
  const used = doIUseEmail(mail.html, { emailClients: clients })
  for (const error of used.errors ?? []) if (!harmless.test(error)) wrong.push(error)
  if (wrong.length) {
    console.error(`${file}: ${wrong.join('; ')}`)
    process.exit(1)
  }
  console.log(JSON.stringify({ subject: mail.subject, id: mail.messageId, references: mail.references, list: mail.headers.get('list') }))
}
