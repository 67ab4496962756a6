import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DeskError } from '@scel/contract/errors'
import { PkiError } from '@scel/pki/errors'
import { isRecent } from './openssl-floor.ts'
import { failureText, faultsText } from './refusal.ts'
import { startPage } from './start-page.ts'
import { EN } from './texts.en.ts'
import { FR } from './texts.fr.ts'

const page = {
  name: 'Scel',
  services: { portal: 'https://localhost:8443', mutual: 'https://localhost:8444', public: 'http://localhost:8080' },
  data: '/srv/scel',
  first: true,
  fingerprint: 'ab'.repeat(32),
  ownTls: true,
  link: { address: 'https://localhost:8443/invitation#token', expiresAt: '2026-01-02T03:04:05.000Z' },
}

test('the page of the first start says where, how to trust, and who may come in until when', () => {
  const text = startPage(page, 'fr')
  assert.match(text, /Portail et API +https:\/\/localhost:8443/)
  assert.match(text, /AB:AB/)
  assert.ok(text.includes(`scel trust --desk https://localhost:8443 --fingerprint ${page.fingerprint}`))
  assert.match(text, /invitation#token/)
  assert.match(text, /2 janvier 2026 à 03:04 UTC/)
})

test('without a link to give there is no word of one', () => {
  assert.doesNotMatch(startPage({ ...page, link: undefined, first: false }, 'en'), /invitation|First start/)
})

test('a given TLS certificate needs no trust of ours', () => {
  assert.doesNotMatch(startPage({ ...page, ownTls: false }, 'en'), /scel trust/)
})

test('French is typeset as French: no plain space before a double sign, no straight apostrophe', () => {
  const visit = (value: unknown, path: string): void => {
    if (typeof value === 'object' && value !== null) {
      for (const [name, part] of Object.entries(value)) visit(part, `${path}.${name}`)
    } else {
      assert.doesNotMatch(String(value), / [:;?!»]|« |'/, path)
    }
  }
  visit(FR, 'FR')
  visit(EN.start, 'EN.start')
})

test('faults come one per line, with where each was given', () => {
  const problems = [
    { fault: 'not_a_port', where: '--portal-port', facts: {} },
    { fault: 'not_one_of', where: 'SCEL_LANGUAGE', facts: { choices: 'en, fr' } },
  ] as const
  assert.equal(
    faultsText(problems, 'en'),
    'the configuration has 2 faults:\n  --portal-port: a port is a number from 1 to 65535\n  SCEL_LANGUAGE: this is one of: en, fr',
  )
})

test('what rules, library and system refuse is said in words; what nobody foresaw is not', () => {
  assert.match(failureText(new DeskError('storage_full', {}), 'fr') ?? '', /\S+ \S+/)
  const away = new DeskError('storage_unavailable', {}, new Error('connect ECONNREFUSED 127.0.0.1:5432'))
  assert.match(failureText(away, 'en') ?? '', /does not answer \(connect ECONNREFUSED 127.0.0.1:5432\)/)
  assert.match(failureText(new PkiError('passphrase_wrong', {}), 'en') ?? '', /passphrase/)
  const taken = Object.assign(new Error('listen'), { code: 'EADDRINUSE', syscall: 'listen', port: 8443 })
  assert.match(failureText(taken, 'en') ?? '', /^port 8443 is in use/)
  assert.equal(failureText(new TypeError('x is not a function'), 'en'), undefined)
})

test('an OpenSSL below the floor is told from one above', () => {
  for (const old of ['3.5.7', '3.4.99', '1.1.1w', '3.0.13+quic']) assert.equal(isRecent(old), false, old)
  for (const recent of ['3.5.8', '3.5.10', '3.6.0', '4.0.0', '3.5.8+quic']) assert.equal(isRecent(recent), true, recent)
})

test('F3: a command that the database hindered does not say that nothing was changed', () => {
  for (const code of ['storage_full', 'storage_unavailable', 'storage_uncertain', 'storage_damaged'] as const) {
    const [en, fr] = (['en', 'fr'] as const).map((language) => failureText(new DeskError(code, {}), language) ?? '')
    assert.doesNotMatch(`${en}${fr}`, /nothing was changed|rien n’a été modifié/, code)
    assert.match(`${en}`, /disk|database/, code)
  }
})

test('F17: a disk without room for a key is told with its path, in both languages, and not as a stack', () => {
  for (const code of ['ENOSPC', 'EDQUOT']) {
    const full = Object.assign(new Error('write'), { code, syscall: 'write', path: '/data/keys/ring.json' })
    assert.match(failureText(full, 'en') ?? '', /^there is no room on the disk for \/data\/keys\/ring\.json \(E/)
    assert.match(failureText(full, 'fr') ?? '', /^il n’y a plus de place sur le disque pour \/data\/keys\/ring\.json/)
  }
})

test('a limit of open files is told as what it is, wherever it was met, and not as a stack', () => {
  const met = [
    Object.assign(new Error('open'), { code: 'EMFILE', syscall: 'open', path: '/data/keys' }),
    Object.assign(new Error('listen EMFILE: too many open files'), { code: 'EMFILE', syscall: 'listen', port: 8444 }),
    Object.assign(new Error('Worker initialization failure: ENFILE'), { code: 'ERR_WORKER_INIT_FAILED' }),
  ]
  for (const error of met) {
    assert.match(failureText(error, 'en') ?? '', /^this process may not open enough files \(E[MN]FILE\)/)
    assert.match(failureText(error, 'fr') ?? '', /^ce processus ne peut pas ouvrir assez de fichiers/)
  }
})

test('what a log or a database holds acts on no terminal', () => {
  for (const language of ['en', 'fr'] as const) {
    const origin = 'desk\u001b[31m\u0007\u009b2J\u202e/log'
    const said = failureText(new DeskError('log_head_foreign', { origin, own: 'ours/log' }), language) ?? ''
    assert.doesNotMatch(said, /[^\P{Cc}\n]|\p{Bidi_Control}/u)
    assert.ok(said.includes('desk\\u{1b}[31m\\u{7}'))
  }
  const at = '\u001b[31mPWNED\u0007'
  const restored = failureText(new DeskError('log_restored', { size: 23, number: 40, at }), 'en') ?? ''
  assert.doesNotMatch(restored, /[^\P{Cc}\n]/u)
})
