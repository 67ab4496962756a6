import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { KIT_FORMAT, type KitRules } from '@scel/contract/kit'
import { generateKeyPair } from '@scel/pki/crypto'
import { folderFor, makeLeaf, makeRoot, needs, run } from '@scel/testkit/peers'
import { openHostileDesk } from '../../test/hostile-desk.ts'
import { Voice } from '../ui/voice.ts'
import { type FormOptions, fillForm, isHostName } from './enrol-form.ts'
import { readKit } from './kit.ts'
import { certificateRequest } from './request.ts'
import { verifyIssued } from './verify-issued.ts'
import type { ConnectingPurpose } from './wish.ts'

const rules: KitRules = {
  environment: 'production',
  organisation: { code: 'J1CFRA', name: 'France-LA POSTE' },
  country: 'FR',
  profile: { name: 'workstation', title: { en: 'Workstation', fr: 'Poste de travail' } },
  form: 'a'.repeat(64),
  store: 'user',
  commonName: 'machine-fingerprint',
  organisationalUnit: 'Workstation',
  keyUsage: { rsa: ['digitalSignature', 'keyEncipherment'], ec: ['digitalSignature'] },
  extendedKeyUsage: ['clientAuth'],
  keys: ['rsa-2048', 'ec-p256'],
  proposedKey: 'ec-p256',
  decidedBy: 'manager',
  uses: 1,
  expiresAt: '2027-01-01T00:00:00.000Z',
}
const server: KitRules = {
  ...rules,
  profile: { name: 'server', title: { en: 'Server', fr: 'Serveur' } },
  commonName: 'host-name',
  organisationalUnit: 'Server',
}
const voice = new Voice({ out: () => undefined, err: () => undefined }, 'en', false)
const fill = (given: Partial<FormOptions>, kit = rules) => fillForm(kit, { names: [], ...given }, voice, undefined)

test('without a terminal, the missing compulsory option is named', async () => {
  await assert.rejects(fill({}), { code: 'option_missing', facts: { option: '--email' }, exit: 2 })
  await assert.rejects(fill({ email: 'a@b.fr' }, server), { code: 'option_missing', facts: { option: '--cn' } })
})

test('the proposed key is taken unless an allowed one is chosen', async () => {
  assert.equal((await fill({ email: 'a@b.fr' })).key, 'ec-p256')
  assert.equal((await fill({ email: 'a@b.fr', key: 'rsa-2048' })).key, 'rsa-2048')
  await assert.rejects(fill({ email: 'a@b.fr', key: 'ec-p384' }), { code: 'option_value_wrong' })
})

test('what a kit does not ask for is refused, and what is asked for is checked', async () => {
  await assert.rejects(fill({ email: 'a@b.fr', cn: 'www.example.org' }), { code: 'option_not_for_kit' })
  for (const wrong of [
    { email: 'nobody' },
    { phone: 'call me' },
    { locality: 'a\u0007b' },
    { description: 'x'.repeat(1001) },
  ]) {
    await assert.rejects(fill({ email: 'a@b.fr', ...wrong }), { code: 'option_value_wrong' }, JSON.stringify(wrong))
  }
  const form = await fill({ email: 'a@b.fr', cn: 'WWW.Example.org', names: ['API.example.org'] }, server)
  assert.deepEqual([form.commonName, form.names], ['www.example.org', ['api.example.org']])
})

test('with a terminal, only what is missing is asked for', async () => {
  const asked: string[] = []
  const prompts = {
    line: async (question: string, check: (answer: string) => string | undefined) => {
      asked.push(question)
      const answer = question.includes('e-mail') ? 'a@b.fr' : ''
      assert.equal(check(answer), undefined)
      if (question.includes('e-mail')) assert.equal(check('nobody'), 'give an e-mail address')
      return answer
    },
    secret: async () => assert.fail('nothing secret is asked'),
    choice: async (_: string, choices: readonly { value: string }[]) => choices[1]!.value,
    yes: async () => true,
  }
  const form = await fillForm(rules, { names: [], locality: 'Paris', phone: '' }, voice, prompts)
  assert.equal(asked.length, 3) // e-mail, state, description
  assert.deepEqual([form.contact.email, form.locality, form.key], ['a@b.fr', 'Paris', 'rsa-2048'])
})

test('host names', () => {
  const good = ['www.example.org', 'a-b.example', 'xn--caf-dma.example']
  const bad = [
    'localhost',
    '*.example.org',
    'a..b',
    '-a.example',
    'a_b.example',
    'é.example',
    `${'a'.repeat(60)}.example`,
  ]
  assert.deepEqual([...good, ...bad].filter(isHostName), good)
})

test('openssl reads the request: proof of possession, subject in the kit’s order, usages, names', async (t) => {
  if (!needs(t, 'openssl')) return
  const folder = folderFor(t)
  for (const spec of ['ec-p256', 'rsa-2048'] as const) {
    const { privateKey } = await generateKeyPair(spec)
    const wishes = { rules: server, key: privateKey, applicant: 'ab'.repeat(32), commonName: 'www.example.org' }
    const pem = await certificateRequest({ ...wishes, locality: 'Paris', names: ['api.example.org'] })
    await writeFile(join(folder, 'request.pem'), pem)
    const text = run('openssl', ['req', '-in', 'request.pem', '-verify', '-noout', '-text'], folder)
    assert.match(text, /C = FR, L = Paris, O = France-LA POSTE, OU = J1CFRA, OU = Server, CN = www.example.org/)
    assert.match(text, /DNS:www.example.org, DNS:api.example.org/)
    const usages = /X509v3 Key Usage: critical\s+(.+)\n/.exec(text)?.[1]
    assert.equal(usages, spec === 'rsa-2048' ? 'Digital Signature, Key Encipherment' : 'Digital Signature')
    assert.match(text, /2\.25\.259733166174934470826157131297262416741/)
  }
})

test('a kit is read whole or refused with the place', async (t) => {
  const { kit, say, word } = await openHostileDesk(t)
  const file = join(folderFor(t), 'x.scel-kit')
  const read = async (value: unknown) => {
    await writeFile(file, typeof value === 'string' ? value : JSON.stringify(value))
    return readKit(file)
  }
  assert.deepEqual((await read(kit)).desk, word)
  const wrong = [
    [JSON.stringify(kit).slice(0, -9), 'JSON'],
    [{ ...kit, format: 'scel-kit' }, '/format'],
    [{ ...kit, desk: { ...kit.desk, statement: '' } }, '/desk/statement'],
    [{ ...kit, rules: { ...kit.rules, store: 'cloud' } }, '/rules/store'],
  ] as const
  for (const [value, where] of wrong)
    await assert.rejects(read(value), { code: 'kit_malformed', facts: { file, where } })
  const today = Number(KIT_FORMAT.split('/')[1])
  for (const [format, code] of [
    [`scel-kit/${today - 1}`, 'kit_older'],
    [`scel-kit/${today + 1}`, 'kit_newer'],
  ] as const)
    await assert.rejects(read({ ...kit, format, rules: { ...kit.rules, more: 1 } }), { code, facts: { file } })
  await assert.rejects(read(' '.repeat(1024 * 1024 + 1)), { code: 'file_too_large' })
  // What the desk itself says, and signs, has to be what a desk can be.
  for (const services of [
    { portal: 'http://d:8443' },
    { portal: 'https://d:8443@evil.example' },
    { mutual: 'https://evil.example\\@d:8444' },
    { mutual: 'http://d:8444' },
    { public: 'http://d:80' }, // a port that is read as none
  ]) {
    const desk = await say({ services: { ...word.services, ...services } })
    await assert.rejects(read({ ...kit, desk }), { code: 'kit_unsigned', facts: { file, why: 'malformed' } })
  }
  const desk = await say({ roots: { ...word.roots, tls: 'none' } })
  await assert.rejects(read({ ...kit, desk }), { code: 'kit_unsigned' })
})

test('what the desk hands out is installed only when it chains to the kit’s root', async (t) => {
  const folder = folderFor(t)
  const root = await readFile(makeRoot(folder, 'root'), 'utf8')
  const other = await readFile(makeRoot(folder, 'other', '/CN=root/O=Scel test'), 'utf8')
  const extensions = 'keyUsage=digitalSignature\nextendedKeyUsage=clientAuth\nauthorityKeyIdentifier=none'
  const certificate = await readFile(makeLeaf(folder, { root: 'root', name: 'leaf', extensions }), 'utf8')
  const verify = (chain: string, ...purposes: ConnectingPurpose[]) =>
    verifyIssued({ certificate, chain: [chain] }, chain, purposes, new Date())
  assert.equal((await verify(root, 'clientAuth')).chain.length, 1)
  await assert.rejects(verify(other, 'clientAuth'), { name: 'PkiError' })
  await assert.rejects(verify(root, 'clientAuth', 'serverAuth'), { code: 'usage_not_allowed' })
})
