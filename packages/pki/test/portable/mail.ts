import { NOW } from '@scel/testkit/authority'
import { utf8 } from '../../src/bytes/index.ts'
import { buildMail, partText, readMail, sealMail, signMail } from '../../src/smime/index.ts'
import { ana, bob, draft, reading, sealedFor } from '../mail-scene.ts'
import { signerOf } from '../signing-scene.ts'
import type { PortableCase } from './portable-case.ts'
import { refusal, same } from './portable-case.ts'

const TEXT = 'Bonjour,\r\n\r\nFrom here to there = 100 €.\r\n'

export const mailCases: readonly PortableCase[] = [
  {
    name: 'a mail is signed and sealed, and read by whom it is for',
    async run() {
      const sign = { signers: [signerOf(ana)], at: NOW }
      for (const sealed of [
        await sealMail(buildMail(draft), { ...sealedFor(bob, ana), sign }),
        await sealMail(buildMail(draft), {
          ...sealedFor(bob),
          cipher: 'AES-128-CBC',
          sign: { ...sign, form: 'opaque' },
        }),
      ]) {
        const mail = await readMail(sealed, reading)
        same([mail.signature, mail.sealed, mail.warnings], ['valid', true, []], 'verdicts')
        same(mail.fields.find(({ name }) => name === 'Subject')?.text, draft.subject, 'subject')
        same(partText(mail.content), TEXT, 'text')
      }
    },
  },
  {
    name: 'a mail that is signed is read, and not valid once it is altered',
    async run() {
      const signed = await signMail(buildMail({ ...draft, text: 'one' }), { signers: [signerOf(ana)], at: NOW })
      same((await readMail(signed, reading)).signature, 'valid', 'as it is')
      const altered = utf8(new TextDecoder().decode(signed).replace('\r\none', '\r\ntwo'))
      same((await readMail(altered, reading)).signature, 'invalid', 'altered')
      same(await refusal(readMail(utf8('no mail'), reading)), 'mime_malformed', 'no mail')
    },
  },
]
