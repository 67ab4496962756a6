// What a desk can do to a machine that asked it, and to what the machine has of other desks: nothing of theirs.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { pemDecode } from '@scel/pki/bytes'
import { parseCertificate, parseRequest } from '@scel/pki/x509'
import { readDeskRecords } from '../src/state/desk-record.ts'
import { makePaths } from '../src/state/paths.ts'
import { type HostileDesk, openHostileDesk } from './hostile-desk.ts'
import { type Office, openOffice } from './office.ts'
import { type Ran, scel } from './run-scel.ts'

const EMAIL = ['--email', 'poste12@example.org']
const ok = (ran: Ran): Ran => {
  assert.equal(ran.exit, 0, ran.err)
  return ran
}
const pathsOf = (home: string) => makePaths({ env: {}, platform: 'linux', home }, {})
const certificateIn = (file: string) => parseCertificate(pemDecode(readFileSync(file, 'utf8'))[0]!.der)

/** A machine that has its certificate from an honest desk, and has asked a hostile one. */
interface Victim {
  readonly at: Office
  readonly hostile: HostileDesk
  /** Where the honest desk's certificate lies. */
  readonly folder: string
  /** Everything below a folder, with what is in it. */
  contents(folder?: string): Map<string, string>
}

async function victim(t: TestContext, number = 7): Promise<Victim> {
  const at = await openOffice()
  t.after(() => at.close())
  const { path } = await at.kit('postes', { standingApproval: true })
  ok(await scel(['enrol', '--kit', path, ...EMAIL], at.home))
  const [{ folder }] = JSON.parse(ok(await scel(['get', '--json'], at.home)).out).requests
  const hostile = await openHostileDesk(t)
  hostile.answers.submit = () => ({ request: hostile.request(number, 'pending'), findings: [], replaced: [] })
  ok(await scel(['enrol', '--kit', hostile.write(at.home), ...EMAIL], at.home))
  return {
    at,
    hostile,
    folder,
    contents: (place = join(folder, '..')) =>
      new Map(
        readdirSync(place, { withFileTypes: true, recursive: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name))
          .map((file) => [file, readFileSync(file, 'latin1')]),
      ),
  }
}

/** Has the desk call the request approved, and hand out a certificate for a key of its choice. */
function hand(hostile: HostileDesk, number: number, certificate: string): void {
  const approved = hostile.request(number, 'approved')
  hostile.answers.list = () => ({ items: [approved] })
  hostile.answers.fetch = () => ({
    ...{ request: approved, certificate, chain: [hostile.roots.environment] },
    notAfter: '2099-01-01T00:00:00.000Z',
  })
  hostile.answers.confirm = () => ({ ok: true, request: hostile.request(number, 'installed'), superseded: [] })
}

test('a desk that certifies the key of another desk’s certificate installs nothing beside it', async (t) => {
  const { at, hostile, folder, contents } = await victim(t)
  const before = contents()
  const { publicKey } = certificateIn(join(folder, 'certificate.pem'))
  hand(hostile, 7, await hostile.certify(publicKey.spki, 'ws-victim'))
  for (const record of ['with', 'without'] as const) {
    if (record === 'without') {
      // The desk calls its request cancelled, then approved: scel then knows no key of it.
      hostile.answers.list = () => ({ items: [hostile.request(7, 'cancelled')] })
      await scel(['get'], at.home)
      hand(hostile, 7, await hostile.certify(publicKey.spki, 'ws-victim'))
    }
    const { out, exit } = await scel(['get', '7', '--json'], at.home)
    const [{ error }] = JSON.parse(out).requests
    const code = record === 'with' ? 'certificate_key_other' : 'certificate_key_absent'
    assert.deepEqual([exit, error.code], [1, code], record)
    assert.deepEqual(contents(), before)
  }
  assert.ok(!hostile.called.includes('confirm'))
  ok(await scel(['test', '1'], at.home))
})

test('a desk that gives a certificate for the key of another of its requests installs nothing', async (t) => {
  const { at, hostile } = await victim(t)
  const keyOf = async (number: number): Promise<string> => {
    const records = await readDeskRecords(pathsOf(at.home))
    return records.find(({ record }) => record.desk.name === 'Desk B')!.record.keys[number]!
  }
  const first = await keyOf(7)
  let csr = ''
  hostile.answers.submit = ({ body }) => {
    csr = body.csr
    return { request: hostile.request(8, 'pending'), findings: [], replaced: [] }
  }
  ok(await scel(['enrol', '--kit', hostile.write(at.home), ...EMAIL], at.home))
  assert.notEqual(await keyOf(8), first)
  const { publicKey } = parseRequest(pemDecode(csr)[0]!.der)
  hand(hostile, 7, await hostile.certify(publicKey.spki, 'ws-victim'))
  const { out, exit } = await scel(['get', '7', '--json'], at.home)
  assert.deepEqual([exit, JSON.parse(out).requests[0].error.code], [1, 'certificate_key_other'])
  hand(hostile, 8, await hostile.certify(publicKey.spki, 'ws-victim'))
  ok(await scel(['get'], at.home))
})
