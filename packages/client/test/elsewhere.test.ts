// A server's certificate asked for by a request that was made elsewhere (E9): openssl makes key and request, scel asks and hands over, nginx
// serves, curl and openssl judge.

import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { folderFor, makeLeaf, makeRoot, needs, run } from '@scel/testkit/peers'
import { type DeskRecord, readDeskRecords } from '../src/state/desk-record.ts'
import { makePaths } from '../src/state/paths.ts'
import { type Office, openOffice } from './office.ts'
import { type Ran, scel, whoWaits } from './run-scel.ts'

const EMAIL = ['--email', 'poste12@example.org']
const HOST = 'www.example.org'
/** Where Debian has it, which is not in everybody’s PATH. */
const NGINX = existsSync('/usr/sbin/nginx') ? '/usr/sbin/nginx' : 'nginx'
const SUBJECT = `/C=FR/O=France-LA POSTE/OU=J1CFRA/CN=${HOST}`

interface Scene {
  readonly at: Office
  /** A kit for servers. */
  readonly kit: string
  /** Where the server elsewhere keeps its key. */
  readonly folder: string
}

async function scene(t: TestContext): Promise<Scene | undefined> {
  if (!needs(t, 'openssl')) return undefined
  const at = await openOffice()
  t.after(() => at.close())
  return { at, kit: (await at.kit('servers', { profile: 'server' })).path, folder: folderFor(t) }
}

const EC = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256']
const NAMES = ['-addext', `subjectAltName=DNS:${HOST},DNS:shop.example.org`]
const SERVER = ['-addext', 'extendedKeyUsage=serverAuth']

/** `NAME.key` and `NAME.csr` by openssl, as people type it. */
function makeRequest(folder: string, name: string, wishes: readonly string[], subject = SUBJECT): string {
  const files = ['-nodes', '-keyout', `${name}.key`, '-out', `${name}.csr`]
  run('openssl', ['req', '-new', ...files, '-subj', subject, ...wishes], folder)
  return join(folder, `${name}.csr`)
}

const ok = (ran: Ran): Ran => {
  assert.equal(ran.exit, 0, ran.err)
  return ran
}

const ask = (at: Office, kit: string, csr: string, ...more: string[]): Promise<Ran> =>
  scel(['enrol', '--kit', kit, '--csr', csr, ...EMAIL, ...more], at.home)

const recordsOf = async ({ home }: Office): Promise<DeskRecord[]> =>
  (await readDeskRecords(makePaths({ env: {}, platform: 'linux', home }, {}))).map(({ record }) => record)

/** What the desk has of requests, by the administrator's word. */
const detail = async ({ administrator }: Office, number: number) =>
  (await administrator.get(`/api/requests/${number}`)).json

test('openssl’s request is judged, asked for, approved, handed over and served by nginx; curl and openssl accept it', async (t) => {
  if (!needs(t, NGINX, 'curl')) return
  const made = await scene(t)
  if (!made) return
  const { at, kit, folder } = made
  const csr = makeRequest(folder, 'web', [...EC, ...NAMES, ...SERVER])
  const server = [
    '--mac',
    '00-11-22-AA-BB-CC',
    '--network-card',
    '00:11:22:aa:bb:cd',
    '--processor-id',
    'GenuineIntel 6',
  ]
  server.push('--os', 'Debian', '--os-version', '12', '--arch', 'x86_64', '--description', 'in the second room')
  const asked = ok(await ask(at, kit, csr, ...server))
  assert.match(asked.err, /names +www\.example\.org, shop\.example\.org/)
  assert.match(asked.err, /extended key usage +server authentication/)
  assert.match(asked.out, /key +ec-p256, made elsewhere/)
  const { machine, contact, csr: kept, state } = await detail(at, await at.number(1))
  assert.deepEqual(machine, {
    hostName: HOST,
    macAddresses: ['00:11:22:aa:bb:cc', '00:11:22:aa:bb:cd'],
    ...{ processor: '', processorId: 'GenuineIntel 6', architecture: 'x86_64' },
    ...{ operatingSystem: 'Debian', operatingSystemVersion: '12' },
  })
  assert.deepEqual([contact.description, state], ['in the second room', 'pending'])
  assert.equal(kept.pem.trim(), readFileSync(csr, 'utf8').trim())
  assert.deepEqual(
    readdirSync(at.home).filter((name) => /key|p12/.test(name)),
    [],
    'no key was made here',
  )

  await at.approve(await at.number(1))
  const early = await scel(['get'], at.home)
  assert.equal(early.exit, 3, early.err)
  assert.match(early.out, /its key is elsewhere: scel get \d+ --folder/)
  const out = join(folder, 'to hand over')
  const got = ok(await scel(['get', '--folder', out, '--json'], at.home))
  const [{ files, outcome, state: downloaded }] = JSON.parse(got.out).requests
  assert.deepEqual(
    [outcome, downloaded, (await detail(at, await at.number(1))).state],
    ['downloaded', 'downloaded', 'downloaded'],
  )
  const endings = { certificate: '', chain: '-chain', fullchain: '-fullchain' }
  for (const [name, ending] of Object.entries(endings)) {
    assert.equal(files[name], join(out, `${HOST}${ending}.pem`))
    assert.equal(statSync(files[name]).mode & 0o777, 0o644)
  }
  assert.equal(readdirSync(out).length, 3)
  for (const line of [`ssl_certificate     "${files.fullchain}";`, `SSLCertificateFile    "${files.fullchain}"`]) {
    assert.ok(got.err.includes(line), line)
  }

  const root = join(folder, 'root.pem')
  writeFileSync(root, at.desk.root)
  const verified = ['verify', '-CAfile', root, '-untrusted', files.chain, '-purpose', 'sslserver']
  run('openssl', [...verified, '-verify_hostname', 'shop.example.org', files.certificate], folder)
  await serve(t, folder, files.fullchain, join(folder, 'web.key'), async (port) => {
    const curl = (host: string) =>
      promisify(execFile)('curl', [
        ...['-sS', '--cacert', root, '--resolve', `${host}:${port}:127.0.0.1`],
        `https://${host}:${port}/`,
      ])
    for (const host of [HOST, 'shop.example.org']) assert.equal((await curl(host)).stdout, 'served')
    await assert.rejects(curl('other.example.org'), /no alternative certificate subject name/)
  })
})

/** nginx of Debian with a configuration of our own, in the foreground. */
async function serve(
  t: TestContext,
  folder: string,
  certificate: string,
  key: string,
  use: (port: number) => Promise<void>,
): Promise<void> {
  const port = await freePort()
  const at = join(folder, 'nginx')
  mkdirSync(at)
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${at};`)
  writeFileSync(
    join(at, 'nginx.conf'),
    `daemon off; master_process off; pid ${at}/pid; error_log stderr;
    events {}
    http { access_log off; ${temporary.join(' ')}
      server {
        listen 127.0.0.1:${port} ssl;
        ssl_certificate     "${certificate}";
        ssl_certificate_key "${key}";
        location / { return 200 "served"; }
      }
    }`,
  )
  const child = spawn(NGINX, ['-p', at, '-e', 'stderr', '-c', join(at, 'nginx.conf')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (data) => {
    said += data
  })
  const gone = once(child, 'exit')
  t.after(() => child.kill())
  try {
    for (let tries = 0; ; tries++) {
      try {
        await promisify(execFile)('curl', ['-sk', `https://127.0.0.1:${port}/`])
        break
      } catch {
        assert.ok(tries < 2_400 && child.exitCode === null, `nginx does not serve: ${said}`)
        await pause(50)
      }
    }
    await use(port)
  } finally {
    child.kill()
    await gone
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  await new Promise((resolve) => server.close(resolve))
  return port
}

test('DER, RSA, a request without any wish, and one with text before it: all are asked for, and said in words', async (t) => {
  const made = await scene(t)
  if (!made) return
  const { at, kit, folder } = made
  makeRequest(folder, 'a', [...EC, ...SERVER])
  run('openssl', ['req', '-in', 'a.csr', '-outform', 'DER', '-out', 'a.der'], folder)
  const der = ok(await ask(at, kit, join(folder, 'a.der')))
  assert.match(der.err, /- +the host name www\.example\.org was added to the names of the certificate/)
  makeRequest(
    folder,
    'b',
    ['-newkey', 'rsa:2048', '-addext', 'keyUsage=digitalSignature,keyEncipherment'],
    '/CN=b.example.org',
  )
  run('openssl', ['req', '-in', 'b.csr', '-text', '-out', 'b.txt'], folder)
  const rsa = ok(await ask(at, kit, join(folder, 'b.txt')))
  assert.match(
    rsa.err,
    /- +the request does not ask for the usage “server authentication”: the certificate will have it/,
  )
  assert.match(rsa.err, /key usage +digital signature, key encipherment/)
  const findings = (await detail(at, await at.number(2))).findings.map(({ code }: { code: string }) => code)
  assert.ok(findings.includes('usage_added') && findings.includes('applicant_not_bound'), 'the desk finds the same')
  await at.approve(await at.number(1))
  await at.approve(await at.number(2))
  const { out } = ok(await scel(['get', '--folder', folder, '--json'], at.home))
  const written = JSON.parse(out).requests.map(({ files }: { files: { certificate: string } }) => files.certificate)
  assert.deepEqual(written.sort(), [join(folder, 'b.example.org.pem'), join(folder, `${HOST}.pem`)])
  const text = run(
    'openssl',
    ['x509', '-in', 'b.example.org.pem', '-noout', '-ext', 'keyUsage,extendedKeyUsage'],
    folder,
  )
  assert.match(text, /Digital Signature, Key Encipherment[\s\S]*TLS Web Server Authentication/)
})

test('the kit says of which service of the organisation the request is to be; the desk says of which it is', async (t) => {
  const made = await scene(t)
  if (!made) return
  const { at, folder } = made
  const service = await at.service('Centre de tri')
  const kit = await at.kit('tri', { profile: 'server', service }, (file) => ({
    ...file,
    kit: { ...file.kit, service: 'Direction' }, // whoever hands a kit on may write over this
  }))
  const csr = makeRequest(folder, 'a', [...EC, ...NAMES, ...SERVER])
  const asked = ok(await ask(at, kit.path, csr))
  assert.match(asked.err, /^service +Direction$/m)
  assert.match(asked.out, /^service +Centre de tri$/m)
  const again = ok(await ask(at, kit.path, csr, '--json'))
  assert.deepEqual(JSON.parse(again.out).request.service, { id: service, name: 'Centre de tri' })
  const { out } = ok(await scel(['requests', '--json'], at.home))
  const [{ requests }] = JSON.parse(out).desks
  assert.ok(requests.every((one: { service: object }) => JSON.stringify(one.service).includes(service)))
})

test('usages that the profile does not give are said in words, in both languages, and are not in the certificate', async (t) => {
  const made = await scene(t)
  if (!made) return
  const { at, kit, folder } = made
  const wishes = [
    '-addext',
    'extendedKeyUsage=codeSigning,1.3.6.1.4.1.99999.7',
    '-addext',
    'basicConstraints=critical,CA:TRUE',
  ]
  const csr = makeRequest(folder, 'a', [...EC, ...NAMES, ...wishes])
  const { err } = ok(await ask(at, kit, csr))
  assert.match(err, /! +the request asks for the certificate of an authority, which this profile does not give/)
  assert.match(err, /- +the request asks for the usage “code signing”, which this profile does not give/)
  assert.match(err, /- +the request asks for the usage “1\.3\.6\.1\.4\.1\.99999\.7 \(unknown to Scel\)”/)
  const french = ok(await ask(at, kit, csr, '--lang', 'fr'))
  assert.match(french.err, /l’usage «\u00a0signature de code\u00a0», que ce profil n’accorde pas/)
  assert.match(french.err, /ne mentionne pas l’usage «\u00a0authentification de serveur\u00a0»/)
  const { waits, outside } = whoWaits()
  const waiting = scel(['get', '--wait', '--every', '1', '--folder', folder], at.home, outside)
  await Promise.race([waits, waiting])
  await at.approve(await at.number(1))
  assert.match(ok(await waiting).out, /request \d+: written for www\.example\.org/)
  const text = run(
    'openssl',
    ['x509', '-in', `${HOST}.pem`, '-noout', '-ext', 'extendedKeyUsage,basicConstraints'],
    folder,
  )
  assert.match(text, /CA:FALSE[\s\S]*TLS Web Server Authentication\n$/)
})

test('what the desk would refuse ends the command before any call, with the desk’s own code and sentence', async (t) => {
  const made = await scene(t)
  if (!made) return
  const { at, kit, folder } = made
  await at.desk.stop() // whoever called it would not be answered
  const refused = async (code: string, csr: string): Promise<string> => {
    const { out, err, exit } = await scel(['enrol', '--kit', kit, '--csr', csr, ...EMAIL, '--json'], at.home)
    assert.deepEqual([exit, JSON.parse(out).error.code], [1, code], err)
    return err
  }
  const make = (name: string, wishes: string[], subject?: string) => makeRequest(folder, name, wishes, subject)
  await refused('csr_key_not_allowed', make('a', ['-newkey', 'rsa:3072', ...NAMES]))
  await refused('csr_key_weak', make('b', ['-newkey', 'rsa:1024', ...NAMES]))
  const said = await refused(
    'subject_not_allowed',
    make('c', [...EC], '/C=DE/O=Else/CN=www.example.org/emailAddress=a@b.c'),
  )
  for (const attribute of ['C must', 'O must', 'emailAddress must'])
    assert.ok(said.includes(`in the subject, ${attribute}`), said)
  await refused('name_not_allowed', make('d', [...EC, '-addext', 'subjectAltName=IP:192.0.2.1']))
  await refused('name_not_allowed', make('e', [...EC], '/CN=localhost'))
  await refused('subject_not_allowed', make('f', [...EC], '/O=France-LA POSTE'))
  await refused('csr_file_refused', join(folder, 'a.key'))
  const lines = (
    await refused('name_not_allowed', make('g', [...EC], '/CN=www.example.org\n   \\+  all is well'))
  ).split('\n')
  assert.ok(!lines.some((line) => /^[\s+]*all is well/.test(line)), lines.join('\n'))
  const altered = run('openssl', ['req', '-in', 'a.csr', '-outform', 'DER', '-out', 'x.der'], folder)
  assert.equal(altered, '')
  const der = readFileSync(join(folder, 'x.der'))
  der[der.length - 1]! ^= 1
  writeFileSync(join(folder, 'x.der'), der)
  writeFileSync(join(folder, 'junk'), 'nothing of the kind')
  await refused('csr_key_not_allowed', join(folder, 'x.der'))
  await refused('csr_file_refused', join(folder, 'junk'))
  assert.deepEqual(await recordsOf(at), [], 'nothing is remembered of what was never asked')
})

test('what is asked about the server is checked, and what the request says cannot be said again', async (t) => {
  const made = await scene(t)
  if (!made) return
  const { at, kit, folder } = made
  const csr = makeRequest(folder, 'a', [...EC, ...NAMES])
  const wrong = async (code: string, ...options: string[]): Promise<void> => {
    const { out, exit } = await ask(at, kit, csr, '--json', ...options)
    assert.deepEqual([exit, JSON.parse(out).error.code], [2, code])
  }
  await wrong('options_exclude', '--cn', 'www.example.org')
  await wrong('options_exclude', '--name', 'www.example.org')
  await wrong('options_exclude', '--key', 'ec-p256')
  await wrong('option_value_wrong', '--mac', '00:11:22:33:44')
  await wrong('option_value_wrong', '--network-card', 'eth0')
  await wrong('option_value_wrong', '--fqdn', 'not a host')
  const without = await scel(['enrol', '--kit', kit, '--mac', '00:11:22:33:44:55', ...EMAIL, '--json'], at.home)
  assert.deepEqual([without.exit, JSON.parse(without.out).error.code], [2, 'option_needs'])
  ok(await ask(at, kit, csr, '--fqdn', 'Web01.internal.example.org'))
  assert.equal((await detail(at, await at.number(1))).machine.hostName, 'web01.internal.example.org')
})

test('what needs the key says that it is elsewhere; the record says so, and the rest works as for others', async (t) => {
  const made = await scene(t)
  if (!made) return
  const { at, kit, folder } = made
  const csr = makeRequest(folder, 'a', [...EC, ...NAMES])
  ok(await ask(at, kit, csr))
  const [record] = await recordsOf(at)
  const key = record!.keys[await at.number(1)]!
  const { sentAt: _, ...asked } = record!.asked![key]!
  assert.deepEqual(asked, {
    subject: `CN=${HOST},OU=Server,OU=J1CFRA,O=France-LA POSTE,C=FR`,
    names: [`dNSName ${HOST}`, 'dNSName shop.example.org'],
    ...{ purposes: ['serverAuth'], elsewhere: true },
  })
  assert.match(ok(await scel(['requests'], at.home)).out, /request \d+: its key is elsewhere/)
  for (const command of [['test'], ['test', `${await at.number(1)}`], ['subject', `${await at.number(1)}`]]) {
    const { out, exit } = await scel([...command, '--json'], at.home)
    assert.deepEqual([exit, JSON.parse(out).error.code], [command[0] === 'test' ? 4 : 1, 'key_elsewhere'])
  }
  ok(await ask(at, kit, csr)) // what waits already is answered
  ok(await scel(['cancel', `${await at.number(1)}`], at.home))
  const [cancelled] = await recordsOf(at)
  assert.deepEqual([cancelled!.keys, cancelled!.asked], [{}, {}])
  ok(await ask(at, kit, csr))
  await at.approve(await at.number(2))
  ok(await scel(['get', '--folder', folder], at.home))
  assert.equal((await scel(['test'], at.home)).exit, 4)
  const own = await at.kit('postes', { standingApproval: true })
  ok(await scel(['enrol', '--kit', own.path, ...EMAIL], at.home))
  const here = await scel(['get', `${await at.number(3)}`, '--folder', folder, '--json'], at.home)
  assert.deepEqual([here.exit, JSON.parse(here.out).error.code], [1, 'folder_key_here'])
  ok(await scel(['get'], at.home))
  ok(await scel(['test'], at.home)) // the certificate of this machine
})

test('a certificate that says anything else than was asked for, or for another key, is not handed over', async (t) => {
  const made = await scene(t)
  if (!made) return
  const { at, kit, folder } = made
  ok(await ask(at, kit, makeRequest(folder, 'a', [...EC, ...NAMES])))
  await at.approve(await at.number(1))
  const paths = makePaths({ env: {}, platform: 'linux', home: at.home }, {})
  const [{ name, record } = assert.fail()] = await readDeskRecords(paths)
  const [[key, asked] = assert.fail()] = Object.entries(record.asked ?? {})
  const refused = async (code: string, altered: Partial<DeskRecord>): Promise<void> => {
    writeFileSync(paths.deskRecord(name), JSON.stringify({ ...record, ...altered }))
    const { out, exit } = await scel(
      ['get', `${await at.number(1)}`, '--folder', join(folder, 'out'), '--json'],
      at.home,
    )
    assert.deepEqual([exit, JSON.parse(out).requests[0].error.code], [1, code])
    assert.ok(!existsSync(join(folder, 'out')))
    assert.equal((await detail(at, await at.number(1))).state, 'approved')
  }
  await refused('certificate_names_other', { asked: { [key]: { ...asked, subject: `CN=${HOST}` } } })
  await refused('certificate_names_other', { asked: { [key]: { ...asked, names: [] } } })
  await refused('certificate_key_other', {
    ...{ keys: { [await at.number(1)]: 'ab'.repeat(8) }, asked: { [key]: asked, ['ab'.repeat(8)]: asked } },
  })
  writeFileSync(paths.deskRecord(name), JSON.stringify(record))
  ok(await scel(['get', `${await at.number(1)}`, '--folder', join(folder, 'out')], at.home))
})

test('a key of this machine is none that was made elsewhere', async (t) => {
  const made = await scene(t)
  if (!made) return
  const { at, kit, folder } = made
  const own = await at.kit('postes', { standingApproval: true })
  ok(await scel(['enrol', '--kit', own.path, ...EMAIL], at.home))
  const { out } = ok(await scel(['get', '--json'], at.home))
  const key = join(JSON.parse(out).requests[0].folder, 'key.pem')
  run('openssl', ['req', '-new', '-key', key, '-out', 'own.csr', '-subj', SUBJECT, ...NAMES], folder)
  const ran = await ask(at, kit, join(folder, 'own.csr'), '--json')
  assert.deepEqual([ran.exit, JSON.parse(ran.out).error.code], [1, 'csr_key_here'])
  ok(await scel(['test'], at.home))
})

test('a folder keeps what is another’s, whatever it is, and is given a newer certificate of the same server', async (t) => {
  const made = await scene(t)
  if (!made) return
  const { at, kit, folder } = made
  ok(await ask(at, kit, makeRequest(folder, 'a', [...EC, ...NAMES])))
  await at.approve(await at.number(1))
  const taken = async (into: string): Promise<void> => {
    const before = readdirSync(into).map((name) => [
      name,
      statSync(join(into, name)).isFile() && readFileSync(join(into, name), 'utf8'),
    ])
    const { out, exit } = await scel(['get', `${await at.number(1)}`, '--folder', into, '--json'], at.home)
    const [{ error }] = JSON.parse(out).requests
    assert.deepEqual([exit, error.code], [1, 'hand_over_taken'])
    const after = readdirSync(into).map((name) => [
      name,
      statSync(join(into, name)).isFile() && readFileSync(join(into, name), 'utf8'),
    ])
    assert.deepEqual(after, before)
    assert.equal((await detail(at, await at.number(1))).state, 'approved')
  }
  makeRoot(folder, 'root')
  const foreign = makeLeaf(folder, { root: 'root', name: HOST })
  await taken(folder) // a certificate for the same host, by somebody else
  const place = (name: string, put: (path: string) => void): string => {
    const into = join(folder, name)
    mkdirSync(into)
    put(join(into, `${HOST}-fullchain.pem`))
    return into
  }
  await taken(place('key', (path) => writeFileSync(path, readFileSync(join(folder, 'a.key')))))
  await taken(place('text', (path) => writeFileSync(path, 'a note')))
  await taken(place('link', (path) => symlinkSync(foreign, path)))
  await taken(place('folder', (path) => mkdirSync(path)))
  await taken(place('chain', (path) => writeFileSync(path.replace('fullchain', 'chain'), readFileSync(foreign))))

  const into = join(folder, 'mine')
  ok(await scel(['get', '--folder', into], at.home))
  const first = readFileSync(join(into, `${HOST}.pem`), 'utf8')
  ok(await scel(['get', `${await at.number(1)}`, '--folder', into], at.home)) // again
  assert.equal(readFileSync(join(into, `${HOST}.pem`), 'utf8'), first)
  ok(await ask(at, kit, makeRequest(folder, 'b', [...EC, ...NAMES])))
  await at.approve(await at.number(2))
  ok(await scel(['get', '--folder', into], at.home))
  const second = readFileSync(join(into, `${HOST}.pem`), 'utf8')
  assert.notEqual(second, first)
  assert.ok(readFileSync(join(into, `${HOST}-fullchain.pem`), 'utf8').startsWith(second))
  assert.equal(readdirSync(into).length, 3)
  // By its number the earlier one is asked for again: not over the newer.
  const back = await scel(['get', `${await at.number(1)}`, '--folder', into, '--json'], at.home)
  assert.deepEqual([back.exit, JSON.parse(back.out).requests[0].error.code], [1, 'hand_over_newer'])
  assert.equal(readFileSync(join(into, `${HOST}.pem`), 'utf8'), second)
})

test('of two certificates of one name the newer is handed over; the other is left at the desk, said, and had by its number', async (t) => {
  const made = await scene(t)
  if (!made) return
  const { at, kit, folder } = made
  for (const [index, name] of ['a', 'b'].entries()) {
    ok(await ask(at, kit, makeRequest(folder, name, [...EC, ...NAMES])))
    await at.approve(await at.number(index + 1))
  }
  const [older, newer] = [await at.number(1), await at.number(2)]
  const into = join(folder, 'into')
  const outcomes = async (...more: string[]): Promise<unknown> =>
    JSON.parse(ok(await scel(['get', '--folder', into, '--json', ...more], at.home)).out)
      .requests.map((one: { number: number; outcome: string; newer?: number }) => [one.number, one.outcome, one.newer])
      .sort()
  assert.deepEqual(await outcomes(), [
    [older, 'older', newer],
    [newer, 'downloaded', undefined],
  ])
  const keyOf = (command: string[]): string => run('openssl', [...command, '-noout', '-pubkey'], folder)
  const issued = join(into, `${HOST}.pem`)
  assert.equal(keyOf(['x509', '-in', issued]), keyOf(['req', '-in', 'b.csr']))
  assert.deepEqual([(await detail(at, older)).state, (await detail(at, newer)).state], ['approved', 'downloaded'])
  assert.deepEqual(await outcomes(), [[older, 'older', newer]])
  const said = ok(await scel(['get', '--folder', into], at.home)).out
  assert.ok(
    said.includes(
      `request ${older}: left at the desk, as request ${newer} has a newer certificate for www.example.org`,
    ),
    said,
  )

  const same = await scel(['get', `${older}`, '--folder', into, '--json'], at.home)
  assert.deepEqual([same.exit, JSON.parse(same.out).requests[0].error.code], [1, 'hand_over_newer'])
  assert.equal((await detail(at, older)).state, 'approved', 'nothing is confirmed that is not on the disk')
  assert.equal(keyOf(['x509', '-in', issued]), keyOf(['req', '-in', 'b.csr']))
  const apart = join(folder, 'apart')
  ok(await scel(['get', `${older}`, '--folder', apart], at.home))
  assert.equal(keyOf(['x509', '-in', join(apart, `${HOST}.pem`)]), keyOf(['req', '-in', 'a.csr']))
})
