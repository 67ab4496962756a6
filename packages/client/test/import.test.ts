// Keys and certificates that no desk knows: brought in files that openssl made, used, and taken elsewhere; openssl, NSS, Java and curl judge.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import type { TLSSocket } from 'node:tls'
import { softTokens } from '@scel/pkcs11/testing'
import { explicit, integer, octetString, oid, sequence } from '@scel/pki/asn1'
import { pemEncode } from '@scel/pki/bytes'
import { openPkcs12, writePkcs12Certificates } from '@scel/pki/pkcs12'
import { makeExtension } from '@scel/pki/x509'
import { authorityExtensions, certify, type Holder, keyPemOf, NOW, pemOf, type Wish } from '@scel/testkit/authority'
import { type Bench, bench, folderFor, java, needs } from '@scel/testkit/peers'
import { type Ran, scel as run } from './run-scel.ts'

const root = await certify({ name: 'CN=People root', serial: '01', extensions: authorityExtensions() })
const issuing = await certify({
  ...{ name: 'CN=People issuing', serial: '02', issuer: root },
  extensions: authorityExtensions(0),
})
const person = (name: string, wish: Partial<Wish> = {}): Promise<Holder> =>
  certify({
    ...{ name: `CN=${name},O=People`, issuer: issuing, spec: 'rsa-2048' },
    extensions: [
      makeExtension('keyUsage', ['digitalSignature', 'keyEncipherment']),
      makeExtension('extendedKeyUsage', ['emailProtection', 'clientAuth']),
      makeExtension('subjectAltName', [{ kind: 'rfc822Name', value: `${name.toLowerCase()}@example.org` }]),
    ],
    ...wish,
  })
const ana = await person('Ana')

const scel = (home: string, ...args: readonly string[]): Promise<Ran> => run(args, home, { now: () => NOW })
const json = async (home: string, ...args: readonly string[]) => {
  const ran = await scel(home, ...args, '--json')
  assert.equal(ran.exit, 0, ran.err)
  return JSON.parse(ran.out)
}
/** Its code, and that it left nothing. */
const refusal = async (home: string, ...args: readonly string[]): Promise<string> => {
  const ran = await scel(home, ...args, '--json')
  assert.notEqual(ran.exit, 0, ran.out)
  return JSON.parse(ran.out).error.code
}

/** What people bring: files as openssl writes them, in a folder of its own. */
async function brought(t: TestContext, holder: Holder = ana): Promise<Bench | undefined> {
  const at = bench(t, 'openssl')
  if (!at) return undefined
  at.write('root.pem', pemOf(root))
  at.write('issuing.pem', pemOf(issuing))
  at.write('leaf.pem', pemOf(holder))
  at.write('leaf.key', await keyPemOf(holder))
  at.write('secret', 'correct horse\n')
  at.write('wrong', 'correct house\n')
  at.write('new', 'quite another passphrase\n')
  at.write('text', 'to be signed\n')
  return at
}
const p12 = (at: Bench, name: string, ...args: readonly string[]): string => {
  const whose = ['-inkey', 'leaf.key', '-in', 'leaf.pem', '-certfile', 'issuing.pem', '-passout', 'file:secret']
  const { ok, text } = at.run('openssl', 'pkcs12', '-export', ...whose, ...args, '-out', name)
  assert.ok(ok, text)
  return join(at.folder, name)
}
const FORMS: Readonly<Record<string, readonly string[]>> = {
  modern: [],
  compatible: ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'],
  legacy: ['-legacy'],
}

for (const [form, args] of Object.entries(FORMS)) {
  test(`a .p12 that openssl made (${form}) is imported once, listed, and signs what openssl verifies`, async (t) => {
    const at = await brought(t)
    if (!at) return
    const [home, file] = [folderFor(t), p12(at, 'ana.p12', ...args)]
    const secret = ['--passphrase-file', join(at.folder, 'secret')]
    const first = await json(home, 'import', file, ...secret)
    assert.deepEqual(
      [first.identities.length, first.identities[0].changed, first.identities[0].uses],
      [1, true, ['sign', 'open', 'client']],
    )
    const kept = readdirSync(home, { recursive: true }).map((name) => {
      const path = join(home, String(name))
      return [name, statSync(path).isFile() ? readFileSync(path, 'hex') : '', statSync(path).mode & 0o077] as const
    })
    assert.ok(kept.every(([, , mode]) => mode === 0))
    const again = await json(home, 'import', file, ...secret)
    assert.equal(again.identities[0].changed, false)
    for (const [name, content] of kept)
      if (content) assert.equal(readFileSync(join(home, String(name)), 'hex'), content)
    const [listed, ...more] = (await json(home, 'list')).identities
    assert.deepEqual(
      [listed.name, listed.issuerName, listed.state, listed.desk, more],
      ['Ana', 'People issuing', 'valid', undefined, []],
    )
    const text = join(at.folder, 'text')
    for (const who of [[], ['--as', 'ana@example.org'], ['--as', 'Ana'], ['--as', listed.fingerprint.slice(0, 16)]]) {
      assert.equal((await scel(home, 'sign', text, '--detached', '--force', ...who)).exit, 0, who.join(' '))
      const when = ['-attime', String(NOW.getTime() / 1000), '-binary', '-content', 'text']
      const judged = at.run(
        'openssl',
        'cms',
        '-verify',
        '-inform',
        'DER',
        '-in',
        'text.p7s',
        ...when,
        '-CAfile',
        'root.pem',
        '-out',
        'out',
      )
      assert.ok(judged.ok, judged.text)
    }
    // What was sealed for it opens.
    const sealed = at.run(
      'openssl',
      'cms',
      '-encrypt',
      '-binary',
      '-aes256',
      '-outform',
      'DER',
      '-in',
      'text',
      '-out',
      'text.p7m',
      'leaf.pem',
    )
    assert.ok(sealed.ok, sealed.text)
    const opened = await scel(home, 'open', join(at.folder, 'text.p7m'), '-o', '-')
    assert.deepEqual([opened.exit, opened.out], [0, 'to be signed\n'], opened.err)
  })
}

test('PEM in any order, its key under a passphrase or in a file of its own: put right, and what is missing is said', async (t) => {
  const at = await brought(t)
  if (!at) return
  const file = (name: string): string => join(at.folder, name)
  assert.ok(at.run('openssl', 'pkey', '-in', 'leaf.key', '-aes256', '-passout', 'file:secret', '-out', 'leaf.enc').ok)
  const parts = ['root.pem', 'leaf.enc', 'issuing.pem', 'leaf.pem'].map((name) => at.text(name))
  at.write('all.pem', parts.join(''))
  const home = folderFor(t)
  const all = await scel(home, 'import', file('all.pem'), '--passphrase-file', file('secret'))
  assert.equal(all.exit, 0, all.err)
  assert.match(all.out, /chain +People issuing ← People root/)
  assert.match(all.err, /^the certificates were not in order, .*put right\n$/)
  const [{ place }] = (await json(home, 'list')).identities
  const verified = at.run(
    'openssl',
    'verify',
    '-CAfile',
    join(place, 'root.pem'),
    '-attime',
    String(NOW.getTime() / 1000),
    '-untrusted',
    join(place, 'chain.pem'),
    join(place, 'certificate.pem'),
  )
  assert.ok(verified.ok, verified.text)
  assert.equal(readFileSync(join(place, 'fullchain.pem'), 'utf8'), `${at.text('leaf.pem')}${at.text('issuing.pem')}`)
  // A file that says less takes nothing away.
  const less = await json(home, 'import', file('leaf.pem'), '--key', file('leaf.key'))
  assert.deepEqual([less.identities[0].changed, existsSync(join(place, 'root.pem'))], [false, true])
  assert.equal(less.identities[0].chain.root, 'CN=People root')

  const alone = await scel(folderFor(t), 'import', file('leaf.pem'), '--key', file('leaf.key'), '--lang', 'fr')
  assert.match(alone.err, /^le certificat de People issuing, qui l’a émis, manque/)
  const other = await person('Bob')
  at.write('bob.pem', pemOf(other))
  const strange = await scel(
    folderFor(t),
    'import',
    file('leaf.pem'),
    '--key',
    file('leaf.key'),
    '--chain',
    file('issuing.pem'),
    '--chain',
    file('bob.pem'),
  )
  assert.match(
    strange.err,
    /the chain ends at People issuing; People root, which issued that, is not there\n1 certificate is not of the chain and was left out: Bob\n$/,
  )
})

test('each thing that is wrong with a file has its own code, and nothing is written', async (t) => {
  const at = await brought(t)
  if (!at) return
  const home = folderFor(t)
  const file = (name: string): string => join(at.folder, name)
  const secret = ['--passphrase-file', file('secret')]
  const bytes = readFileSync(p12(at, 'ana.p12'))
  at.write('cut.p12', bytes.subarray(0, 700))
  at.write(
    'flipped.p12',
    Uint8Array.from(bytes, (octet, place) => (place === 300 ? octet ^ 1 : octet)),
  )
  at.write('text.p12', 'nothing of the kind')
  at.write('empty.p12', '')
  at.write('other.key', await keyPemOf(await person('Bob')))
  at.run(
    'openssl',
    'req',
    '-x509',
    '-newkey',
    'rsa:1024',
    '-nodes',
    '-keyout',
    'short.key',
    '-subj',
    '/CN=Old',
    '-out',
    'short.pem',
  )
  at.write('short.all', at.text('short.key') + at.text('short.pem'))
  at.run('openssl', 'pkcs12', '-export', '-nokeys', '-in', 'leaf.pem', '-passout', 'file:secret', '-out', 'nokey.p12')
  at.run(
    'openssl',
    'pkcs12',
    '-export',
    '-nocerts',
    '-inkey',
    'leaf.key',
    '-passout',
    'file:secret',
    '-out',
    'nocert.p12',
  )
  const wrong: readonly (readonly [code: string, file: string, ...more: string[]])[] = [
    ['passphrase_wrong', 'ana.p12', '--passphrase-file', file('wrong')],
    ['option_missing', 'ana.p12'],
    ['import_nothing', 'cut.p12', ...secret],
    ['passphrase_wrong', 'flipped.p12', ...secret],
    ['import_nothing', 'text.p12', ...secret],
    ['import_nothing', 'empty.p12', ...secret],
    ['file_missing', 'absent.p12', ...secret],
    ['import_key_missing', 'nokey.p12', ...secret],
    ['import_key_missing', 'leaf.pem'],
    ['import_certificate_missing', 'nocert.p12', ...secret],
    ['import_certificate_missing', 'leaf.key'],
    ['import_key_other', 'leaf.pem', '--key', file('other.key')],
    ['import_key_unusable', 'short.all'],
    ['store_unsupported', 'ana.p12', ...secret, '--store', 'drawer'],
  ]
  for (const [code, name, ...args] of wrong) {
    assert.equal(await refusal(home, 'import', file(name), ...args), code, name)
    assert.deepEqual(readdirSync(home, { recursive: true }), [], `${name}: ${code}`)
  }
})

test('of two of one name the fingerprint says which is meant, and one that is over gives way to one that is not', async (t) => {
  const at = await brought(t)
  if (!at) return
  const home = folderFor(t)
  const take = async (name: string, holder: Holder): Promise<string> => {
    at.write(name, (await keyPemOf(holder)) + pemOf(holder))
    return (await json(home, 'import', join(at.folder, name))).identities[0].fingerprint
  }
  const over = await take(
    'over.pem',
    await person('Ana', { notBefore: '2020-01-01T00:00:00Z', notAfter: '2021-01-01T00:00:00Z' }),
  )
  const first = await take('first.pem', ana)
  const text = join(at.folder, 'text')
  const signer = async (...args: readonly string[]) => (await json(home, 'sign', text, '--force', ...args)).signers[0]
  assert.ok(await signer())
  assert.equal(
    (await json(home, 'list')).identities.find((one: { fingerprint: string }) => one.fingerprint === over).state,
    'expired',
  )
  const second = await take('second.pem', await person('Ana'))
  const several = await scel(home, 'sign', text, '--as', 'Ana', '--force')
  assert.equal(several.exit, 2)
  for (const one of [first, second]) assert.ok(several.err.includes(`Ana (${one.slice(0, 16)})`), several.err)
  assert.ok(!several.err.includes(over.slice(0, 16)))
  assert.equal(await refusal(home, 'export', 'Ana'), 'identity_several')
  for (const one of [first, second, over]) {
    const spelt = one.toUpperCase().replace(/(..)(?!$)/g, '$1:')
    assert.equal((await json(home, 'export', spelt)).fingerprint, one)
  }
  assert.equal(await refusal(home, 'export', 'Bob'), 'identity_unknown')
  assert.equal(await refusal(folderFor(t), 'export'), 'no_identity')
})

test('a name leads to no certificate that came from elsewhere: whoever made the file has its key', async (t) => {
  const at = await brought(t)
  if (!at) return
  const home = folderFor(t)
  const text = join(at.folder, 'text')
  assert.equal(await refusal(home, 'seal', text, '--to', 'ana@example.org'), 'recipient_unknown')
  await json(home, 'import', join(at.folder, 'leaf.pem'), '--key', join(at.folder, 'leaf.key'))
  for (const name of ['ana@example.org', 'Ana'])
    assert.equal(await refusal(home, 'seal', text, '--to', name), 'recipient_unvouched')
  const file = join(at.folder, 'ana.cer')
  await json(home, 'export', 'Ana', '--to', 'cer', '-o', file)
  assert.equal((await scel(home, 'seal', text, '--to', file)).exit, 0)
})

test('what is public is exported for openssl in three forms, and no file is written over', async (t) => {
  const at = await brought(t)
  if (!at) return
  const home = folderFor(t)
  const file = (name: string): string => join(at.folder, name)
  await json(
    home,
    'import',
    file('leaf.pem'),
    '--key',
    file('leaf.key'),
    '--chain',
    file('issuing.pem'),
    '--chain',
    file('root.pem'),
  )
  for (const form of ['cer', 'pem', 'p7b']) {
    const out = ['--to', form, '-o', file(`out.${form}`)]
    await json(home, 'export', 'Ana', ...out)
    assert.equal(await refusal(home, 'export', 'Ana', ...out), 'file_exists')
    assert.doesNotMatch(readFileSync(file(`out.${form}`), 'latin1'), /PRIVATE/)
  }
  assert.match(at.run('openssl', 'x509', '-inform', 'DER', '-in', 'out.cer', '-noout', '-subject').text, /CN = Ana/)
  assert.equal(at.text('out.pem'), at.text('leaf.pem') + at.text('issuing.pem'))
  const bag = at.run('openssl', 'pkcs7', '-inform', 'DER', '-in', 'out.p7b', '-print_certs', '-noout').text
  assert.deepEqual(
    bag.match(/subject=.*$/gm)?.map((line) => /CN = (.*)$/.exec(line)?.[1]),
    ['Ana', 'People issuing', 'People root'],
  )
  assert.equal((await scel(home, 'export')).out, at.text('out.pem'))
  assert.equal(await refusal(home, 'export', '--with-key', '--to', 'pem'), 'options_exclude')
  assert.equal(await refusal(home, 'export', '--device', 'ios'), 'option_needs')
})

test('with its key it goes to a colleague’s computer: openssl, NSS, Java and curl take it in the form that is theirs', async (t) => {
  const at = await brought(t)
  if (!at || !needs(t, 'pk12util', 'certutil', 'curl')) return
  const home = folderFor(t)
  const file = (name: string): string => join(at.folder, name)
  await json(home, 'import', p12(at, 'ana.p12'), '--passphrase-file', file('secret'))
  at.write('short', 'short\n')
  const asked = (name: string, ...more: readonly string[]): readonly string[] => [
    'export',
    'Ana',
    '--with-key',
    '-o',
    file(name),
    ...more,
  ]
  assert.equal(await refusal(home, ...asked('out.p12')), 'option_missing')
  assert.equal(await refusal(home, ...asked('out.p12', '--new-passphrase-file', file('short'))), 'passphrase_too_short')
  assert.equal(existsSync(file('out.p12')), false)
  for (const [device, kind] of [
    [undefined, 'modern'],
    ['ios', 'compatible'],
    ['thunderbird', 'modern'],
    ['windows-server-2016', 'compatible'],
  ] as const) {
    const name = `${device ?? 'today'}.p12`
    const wish = asked(name, '--new-passphrase-file', file('new'), ...(device ? ['--device', device] : []))
    const said = await json(home, ...wish)
    assert.deepEqual([said.kind, statSync(file(name)).mode & 0o777], [kind, 0o600])
    assert.equal(await refusal(home, ...wish), 'file_exists')
    const opened = at.run('openssl', 'pkcs12', '-in', name, '-passin', 'file:new', '-nodes', '-legacy')
    assert.match(opened.text, /friendlyName: Ana[\s\S]*BEGIN/)
    assert.deepEqual(
      [opened.text.match(/BEGIN PRIVATE KEY/g)?.length, opened.text.match(/BEGIN CERTIFICATE/g)?.length],
      [1, 2],
    )
    const seen = at.run('pk12util', '-l', name, '-w', 'new')
    assert.match(seen.text, /Key\(shrouded\):[\s\S]*Friendly Name: Ana/)
    const colleague = folderFor(t)
    const imported = await json(colleague, 'import', file(name), '--passphrase-file', file('new'))
    assert.equal(imported.identities[0].name, 'Ana')
    assert.equal((await scel(colleague, 'sign', file('text'), '--force')).exit, 0)
  }
  if (java(t)) {
    const listed = at.run(
      'keytool',
      '-list',
      '-keystore',
      'today.p12',
      '-storetype',
      'PKCS12',
      '-storepass:file',
      'new',
    )
    assert.match(listed.text, /ana, .*PrivateKeyEntry/i)
  }
  // curl, with the file, at a server that wants a certificate of that authority.
  const server = await certify({
    ...{ name: 'CN=localhost', issuer: root },
    extensions: [makeExtension('subjectAltName', [{ kind: 'dNSName', value: 'localhost' }])],
    ...{ notBefore: '2020-01-01T00:00:00Z', notAfter: '2099-01-01T00:00:00Z' },
  })
  const secure = createServer(
    { key: await keyPemOf(server), cert: pemOf(server), ca: pemOf(root), requestCert: true, rejectUnauthorized: true },
    (request, response) => {
      const { subject } = (request.socket as TLSSocket).getPeerCertificate()
      response.end(String(subject.CN))
    },
  )
  await new Promise<void>((done) => secure.listen(0, 'localhost', done))
  t.after(() => secure.close())
  const url = `https://localhost:${(secure.address() as AddressInfo).port}/`
  const curl = spawn(
    'curl',
    ['-sS', '--cacert', 'root.pem', '--cert-type', 'P12', '--cert', 'today.p12:quite another passphrase', url],
    { cwd: at.folder },
  )
  const [out, err] = await Promise.all([text(curl.stdout), text(curl.stderr)])
  assert.deepEqual([out, err], ['Ana', ''])
  // scel itself makes the connection with the key in its store; nothing vouches for that server but who is named.
  const works = await run(['test', 'Ana', '--url', url, '--anchor', file('root.pem'), '--json'], home)
  assert.deepEqual([works.exit, JSON.parse(works.out).verdict], [0, 'works'], works.out)
  const unnamed = await run(['test', 'Ana', '--url', url, '--json'], home)
  assert.deepEqual([unnamed.exit, JSON.parse(unnamed.out).verdict], [4, 'server_not_trusted'])
  assert.equal(await refusal(home, 'test', 'Ana'), 'test_needs_url')
  assert.equal(await refusal(home, 'test', 'Bob', '--url', url), 'identity_unknown')
  assert.equal(await refusal(home, 'test', 'Ana', '--anchor', file('root.pem')), 'option_needs')
  assert.equal((await scel(home, 'subject', 'ana@example.org')).out, 'CN=Ana,O=People\n')
})

test('into a token: it is used there, and no option brings its key out again', async (t) => {
  const at = await brought(t)
  const soft = await softTokens(t)
  if (!at || !soft) return
  const home = folderFor(t)
  const file = (name: string): string => join(at.folder, name)
  const uri = await soft.make('Card', '4321')
  const brings = ['import', p12(at, 'ana.p12'), '--passphrase-file', file('secret'), '--store', uri]
  const [first] = (await json(home, ...brings)).identities
  assert.deepEqual([first.changed, first.store], [true, 'pkcs11'])
  assert.match(first.place, /^pkcs11:token=Card;object=Ana/)
  assert.equal((await json(home, ...brings)).identities[0].changed, false)
  const written = (readdirSync(home, { recursive: true }) as string[])
    .map((name) => join(home, name))
    .filter((name) => statSync(name).isFile())
  for (const name of written) assert.doesNotMatch(readFileSync(name, 'latin1'), /PRIVATE KEY/, name)
  assert.equal((await scel(home, 'sign', file('text'), '--detached', '--as', 'Ana')).exit, 0)
  const judged = at.run(
    'openssl',
    'cms',
    '-verify',
    '-inform',
    'DER',
    '-in',
    'text.p7s',
    '-binary',
    '-content',
    'text',
    '-attime',
    String(NOW.getTime() / 1000),
    '-CAfile',
    'root.pem',
    '-out',
    'out',
  )
  assert.ok(judged.ok, judged.text)
  assert.equal(
    await refusal(home, 'export', 'Ana', '--with-key', '-o', file('x.p12'), '--new-passphrase-file', file('new')),
    'key_never_leaves',
  )
  assert.equal(existsSync(file('x.p12')), false)
  assert.equal((await scel(home, 'export', 'Ana')).out, at.text('leaf.pem') + at.text('issuing.pem'))
  // The same key in files: both are told, and one certificate in two stores is one.
  const too = await scel(home, 'import', file('leaf.pem'), '--key', file('leaf.key'))
  assert.match(too.err, /the same key lies in other places on this machine, too: pkcs11:token=Card;object=Ana/)
  assert.equal((await scel(home, 'sign', file('text'), '--as', 'Ana')).exit, 0)
  assert.equal((await json(home, 'list')).identities.length, 2)
})

test('a hostile .p12 costs little and is refused: rounds without end, keys and authorities without number', async (t) => {
  const at = await brought(t)
  if (!at) return
  const home = folderFor(t)
  const file = (name: string): string => join(at.folder, name)
  const secret = ['--passphrase-file', file('secret')]
  // MacData with two thousand million rounds.
  const DATA = '1.2.840.113549.1.7.1'
  const SHA256 = sequence(oid('2.16.840.1.101.3.4.2.1'))
  const safe = sequence(oid(DATA), explicit(0, octetString(sequence())))
  const mac = sequence(
    sequence(SHA256, octetString(new Uint8Array(32))),
    octetString(new Uint8Array(8)),
    integer(2_000_000_000),
  )
  at.write('rounds.p12', sequence(integer(3), safe, mac))
  const before = process.cpuUsage()
  assert.equal(await refusal(home, 'import', file('rounds.p12'), ...secret), 'input_too_large')
  const certificates = Array.from({ length: 2_000 }, () => ({ der: issuing.certificate.der }))
  at.write('many.p12', await writePkcs12Certificates({ certificates, passphrase: 'correct horse', iterations: 1 }))
  const many = await json(
    home,
    'import',
    file('many.p12'),
    ...secret,
    '--key',
    file('leaf.key'),
    '--chain',
    file('leaf.pem'),
  )
  assert.deepEqual([many.identities.length, many.identities[0].chain.strangers], [1, []])
  const { user } = process.cpuUsage(before)
  t.diagnostic(`${Math.round(user / 1000)} ms`)
  assert.equal((await openPkcs12(readFileSync(file('many.p12')), 'correct horse')).certificates.length, 2_000)
  // What a certificate calls its holder reaches no terminal as it stands, and no path at all.
  const evil = await person('../../x\u001b[2Jy')
  at.write('evil.pem', (await keyPemOf(evil)) + pemEncode('CERTIFICATE', evil.certificate.der))
  const ran = await scel(home, 'import', file('evil.pem'))
  assert.equal(ran.exit, 0, ran.err)
  assert.ok(!ran.out.includes('\u001b') && !ran.err.includes('\u001b'))
  assert.ok(!(await scel(home, 'list')).out.includes('\u001b'))
  assert.equal(readdirSync(home).join(), '.config')
})

test('the machine’s store takes it for the machine', async (t) => {
  const at = await brought(t)
  if (!at) return
  const home = folderFor(t)
  mkdirSync(join(home, 'machine'), { mode: 0o700 })
  const brings = ['import', join(at.folder, 'leaf.pem'), '--key', join(at.folder, 'leaf.key'), '--machine']
  const [found] = (await json(home, ...brings)).identities
  assert.ok(found.place.startsWith(join(home, 'machine', 'certificates', 'imported')))
  assert.equal((await json(home, 'list')).identities.length, 1)
})

test('another certificate of the same key takes its place when that is asked for', async (t) => {
  const at = await brought(t)
  if (!at) return
  const home = folderFor(t)
  const renewed = await person('Ana', { keys: ana.keys, serial: '77' })
  writeFileSync(join(at.folder, 'renewed.pem'), pemOf(renewed))
  const key = ['--key', join(at.folder, 'leaf.key')]
  await json(home, 'import', join(at.folder, 'leaf.pem'), ...key)
  assert.equal(await refusal(home, 'import', join(at.folder, 'renewed.pem'), ...key), 'adopted_certificate_other')
  const [now] = (await json(home, 'import', join(at.folder, 'renewed.pem'), ...key, '--replace')).identities
  assert.deepEqual([now.changed, now.serial], [true, '77'])
  assert.equal((await json(home, 'list')).identities.length, 1)
})
