import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { ConfigRefused } from './option.ts'
import { loadConfig, type Sources } from './sources.ts'

const load = (sources: Partial<Sources>) => loadConfig({ flags: {}, environment: {}, ...sources })

function problemsOf(sources: Partial<Sources>): string[] {
  try {
    load(sources)
  } catch (error) {
    if (error instanceof ConfigRefused) return error.problems.map(({ where, fault }) => `${where} ${fault}`)
    throw error
  }
  return []
}

function fileWith(t: TestContext, content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'scel-config-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'desk.json')
  writeFileSync(file, content)
  return file
}

test('nothing given is a working configuration', () => {
  const config = load({})
  assert.deepEqual(config.ports, { portal: 8443, mutual: 8444, public: 8080 })
  assert.equal(config.data, './data')
  assert.equal(config.database, undefined)
  assert.ok(Object.isFrozen(config) && Object.isFrozen(config.ports))
})

test('the command line wins over the environment, the environment over the file', (t) => {
  const file = fileWith(t, '{"portalPort": 1001, "mutualPort": 1002, "publicPort": 1003}')
  const config = load({
    file,
    environment: { SCEL_PORTAL_PORT: '2001', SCEL_MUTUAL_PORT: '2002' },
    flags: { portalPort: '3001' },
  })
  assert.deepEqual(config.ports, { portal: 3001, mutual: 2002, public: 1003 })
})

test('an empty variable counts as not given', () => {
  assert.equal(load({ environment: { SCEL_PUBLIC_NAME: '' } }).publicName, undefined)
})

test('everything that is wrong is named at once, with where it was given', (t) => {
  const file = fileWith(t, '{"publicPort": "eighty", "portalPrt": 1, "name": ["x"]}')
  const sources = {
    file,
    environment: { SCEL_PUBLIC_NAME: '10.0.0.1' },
    flags: { portalPort: '70000', tlsKey: 'key.pem', authorityKey: 'rsa-1024' },
  }
  assert.deepEqual(problemsOf(sources), [
    `${file}: portalPrt unknown_option`,
    `${file}: name not_text`,
    `${file}: publicPort not_a_port`,
    'SCEL_PUBLIC_NAME not_a_host_name',
    '--portal-port not_a_port',
    '--authority-key not_one_of',
    '--tls-key needs_other_option',
  ])
})

test('an option that the file gives twice is refused: whoever wrote it may mean the other one', (t) => {
  const file = fileWith(t, '{"portalPort": 8443, "portal\\u0050ort": 9443}')
  assert.deepEqual(problemsOf({ file }), [`${file}: portalPort given_twice`])
})

test('a file that cannot be read, or holds no object, is said so', (t) => {
  const folder = join(tmpdir(), 'scel-no-such-folder', 'desk.json')
  assert.deepEqual(problemsOf({ file: folder }), [`${folder} file_unreadable`])
  for (const content of ['{', '[]', 'null', '']) {
    const file = fileWith(t, content)
    assert.deepEqual(problemsOf({ file }), [`${file} file_not_json`])
  }
})

test('two doors cannot have one port', () => {
  assert.deepEqual(problemsOf({ flags: { portalPort: '9000', mutualPort: '9000' } }), ['--mutual-port same_port_twice'])
})

test('a password in the address of the database is refused, and never repeated', () => {
  const flags = { database: 'postgres://scel:s3cret@db/scel' }
  assert.deepEqual(problemsOf({ flags }), ['--database password_in_address'])
  assert.throws(
    () => load({ flags }),
    (error: ConfigRefused) => !JSON.stringify(error).includes('s3cret') && !error.message.includes('s3cret'),
  )
  assert.deepEqual(problemsOf({ flags: { database: 'postgres://db/scel?password=x' } }), [
    '--database password_in_address',
  ])
  assert.deepEqual(problemsOf({ flags: { database: 'mysql://db/scel' } }), ['--database not_a_postgres_address'])
})

test('a public name is one that certificates can carry', () => {
  for (const name of ['localhost', 'pki.example.org', 'a-b.example', 'PKI.Example.ORG']) {
    assert.equal(load({ flags: { publicName: name } }).publicName, name.toLowerCase())
  }
  for (const name of [
    '10.0.0.1',
    '::1',
    '-a.example',
    'a_b.example',
    'a..b',
    'a.example.',
    'é.example',
    'a/b',
    'x'.repeat(64),
  ]) {
    assert.deepEqual(problemsOf({ flags: { publicName: name } }), ['--public-name not_a_host_name'], name)
  }
})

test('roots are not in the token of daily work, however its URI is written', () => {
  const root = 'pkcs11:token=Daily;serial=12?module-path=/usr/lib/soft.so'
  for (const daily of [
    'pkcs11:token=Daily;serial=12?module-path=/usr/lib/soft.so&pin-source=/etc/pin',
    'pkcs11:serial=12;token=%44aily?pin-source=file:/etc/pin&module-path=/usr/lib/soft.so',
    'pkcs11:token=Daily?module-path=/usr/lib/soft.so&pin-source=/etc/pin',
    'pkcs11:token=Daily;serial=12?module-path=/usr/lib/../lib/soft.so&pin-source=/etc/pin',
  ]) {
    const flags = { rootToken: root, authorityToken: daily }
    assert.throws(
      () => load({ flags }),
      (error) => error instanceof ConfigRefused && error.problems.some(({ fault }) => fault === 'same_token_twice'),
      daily,
    )
  }
  const other = 'pkcs11:token=Daily;serial=13?module-path=/usr/lib/soft.so&pin-source=/etc/pin'
  assert.equal(load({ flags: { rootToken: root, authorityToken: other } }).tokens.authority, other)
})

test('a name is a line of letters that can be seen, as the desk’s own word has it', () => {
  for (const name of ['Scel\u00ad Desk', 'Scel\u200bX', 'A\u202eB', '\u3164', 'Scel\u0007', '\u2800', '\u0301'])
    assert.deepEqual(problemsOf({ flags: { name } }), ['--name letters_unseen'], JSON.stringify(name))
  for (const name of ['', ' ', 'x'.repeat(49)])
    assert.deepEqual(problemsOf({ flags: { name } }), ['--name line_too_long'])
  for (const name of ['Scel', ' Guichet de l’Équipe n° 1 ', '郵便局', 'x'.repeat(48)])
    assert.equal(load({ flags: { name } }).name, name.trim())
})
