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
    "'ana@bücher.example'",
    '[ana@bücher.example]',
    '{ana@bücher.example}',
    '«ana@bücher.example»',
    '“ana@bücher.example”',
    'emailAddress=ana@bücher.example/OU=x',
    '"ana"@bücher.example',
    'ana@bücher.example!',
    'ana@bücher.example..',
    'mailto:ana@bücher.example?subject=x',
  ])
    assert.ok(mailboxesIn(text).includes(ANA), text)
})

test('a mark that may stand in one is taken both ways', () => {
  assert.deepEqual(mailboxesIn("o'ana@example.org"), ["o'ana@example.org"])
  assert.deepEqual(mailboxesIn('emailAddress=ana@example.org'), ['emailaddress=ana@example.org', 'ana@example.org'])
})

test('one is whole or it is another: what stands before and after it in an address belongs to it', () => {
  assert.deepEqual(mailboxesIn('ana+desk@example.org'), ['ana+desk@example.org'])
  assert.deepEqual(mailboxesIn('O=P\\, S,emailAddress=ana\\+desk@example.org').at(-1), 'ana+desk@example.org')
  assert.deepEqual(mailboxesIn('mary.ana@example.org mary-ana@example.org'), [
    'mary.ana@example.org',
    'mary-ana@example.org',
  ])
  assert.deepEqual(mailboxesIn('joana@example.org, ana@example.org.uk'), ['joana@example.org', 'ana@example.org.uk'])
  for (const none of ['', '@', 'ana @ example.org', 'ana@', '@example.org', 'Ana Élan'])
    assert.deepEqual(mailboxesIn(none), [], none)
})
