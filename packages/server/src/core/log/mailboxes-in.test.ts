import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mailboxesIn } from './mailboxes-in.ts'

const ANA = 'ana@xn--bcher-kva.example'

test('mailboxes are found as they are compared, however they are spelt and whatever stands around them', () => {
  for (const text of [
    'Ana@Bücher.example',
    'Ana Élan <ana@xn--bcher-kva.example>',
    'Ana (ana@BÜCHER.example.)',
    'O=Post,emailAddress=ana@bücher.example,C=FR',
    'CN="ana@bücher.example"; OU=x',
    'emailAddress=ana@bücher.example+OU=x',
    'ａｎａ＠bücher.example',
  ])
    assert.deepEqual(mailboxesIn(text), [ANA], text)
})

test('one is whole or it is another: what stands before and after it in an address belongs to it', () => {
  assert.deepEqual(mailboxesIn('ana+desk@example.org'), ['ana+desk@example.org'])
  assert.deepEqual(mailboxesIn('O=P\\, S,emailAddress=ana\\+desk@example.org'), ['ana+desk@example.org'])
  assert.deepEqual(mailboxesIn('joana@example.org, ana@example.org.uk'), ['joana@example.org', 'ana@example.org.uk'])
  for (const none of ['', '@', 'ana @ example.org', 'ana@', '@example.org', 'Ana Élan'])
    assert.deepEqual(mailboxesIn(none), [], none)
})
