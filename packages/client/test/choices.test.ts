// How long a certificate lasts, where a profile of the operator's folder offers several durations: asked for by `scel enrol`, also for a
// request that openssl made, approved, fetched, and read by openssl.

import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { approve, expectOk, furnish, makeKit, startDesk } from '@scel/server/testing'
import { folderFor, needs, run as peer } from '@scel/testkit/peers'
import { type Ran, scel } from './run-scel.ts'

const LENT = {
  name: 'lent',
  title: { en: 'Lent machine', fr: 'Machine prêtée' },
  description: { en: 'For a machine that is lent.', fr: 'Pour une machine prêtée.' },
  ...{ family: 'machine', managers: true, standingApproval: false, revocable: true, issuer: 'machines' },
  validityDays: 365,
  offers: { validityDays: [90, 365, 730] },
  ...{ keys: ['ec-p256'], proposedKey: 'ec-p256', extendedKeyUsage: ['clientAuth'] },
  keyUsage: { rsa: ['digitalSignature'], ec: ['digitalSignature'] },
  ...{ commonName: 'host-name', names: 'dNSName', ocspNoCheck: false, revocationAddresses: true },
}
const HOST = 'van.j1cfra.example.org'

const ok = (ran: Ran): Ran => {
  assert.equal(ran.exit, 0, `${ran.out}${ran.err}`)
  return ran
}

async function scene(t: TestContext) {
  const folder = folderFor(t)
  const profiles = join(folder, 'profiles')
  mkdirSync(profiles)
  writeFileSync(join(profiles, 'lent.json'), JSON.stringify(LENT))
  const desk = await startDesk({ profiles })
  t.after(() => desk.stop())
  const { post, administrator } = await furnish(desk)
  const home = join(folder, 'home')
  mkdirSync(home)
  const kit = async (profile: string): Promise<string> => {
    const wish = { profile, store: 'user', keys: ['ec-p256'], proposedKey: 'ec-p256' }
    const file = join(home, `${profile}.scel-kit`)
    writeFileSync(file, JSON.stringify(await makeKit(administrator, post.id, wish)))
    return file
  }
  const lent = await kit('lent')
  const run = (...args: string[]): Promise<Ran> => scel(args, home)
  /** The request that was made last, as whoever decides sees it, and approved. */
  const decide = async () => {
    const [{ number }] = (await expectOk(post.manager.get('/api/requests'))).json.items
    const seen = (await expectOk(post.manager.get(`/api/requests/${number}`))).json
    await expectOk(approve(post.manager, number))
    return seen.choices
  }
  const enrol = (...more: string[]): Promise<Ran> => run('enrol', '--kit', lent, '--email', 'a@example.org', ...more)
  return { folder, home, kit, run, enrol, decide }
}

/** Days from one of two lines of openssl to the other. */
function daysOf(folder: string, file: string): number {
  const text = peer('openssl', ['x509', '-in', file, '-noout', '-startdate', '-enddate'], folder)
  const [from = '', until = ''] = text.trim().split('\n')
  return Math.round((Date.parse(until.split('=')[1] ?? '') - Date.parse(from.split('=')[1] ?? '')) / 86_400_000)
}

test('scel enrol --duration: the certificate ends then, as openssl reads it, and the next request asks for the same', async (t) => {
  if (!needs(t, 'openssl')) return
  const { home, kit, run, enrol, decide } = await scene(t)
  const wrong = await enrol('--cn', HOST, '--duration', '91')
  assert.equal(wrong.exit, 2)
  assert.match(wrong.err, /--duration.*90, 365, 730/s)
  const french = await run('--lang', 'fr', 'enrol', '--kit', await kit('server'), '--cn', HOST, '--duration', '90')
  assert.match(french.err, /l’option --duration ne convient pas à ce kit/)

  const asked = ok(await enrol('--cn', HOST, '--duration', '90'))
  assert.match(asked.out, /duration asked for +90 days/)
  assert.deepEqual(await decide(), { validityDays: 90 })
  ok(await run('get'))
  const installed = (readdirSync(home, { recursive: true }) as string[])
    .filter((name) => name.endsWith('.pem') && /cert/.test(name))
    .sort()
  assert.equal(daysOf(home, installed[0]!), 90)

  ok(await enrol('--cn', HOST))
  assert.deepEqual(await decide(), { validityDays: 90 }, 'asked for again')
  ok(await enrol('--cn', HOST, '--duration', '730'))
  assert.deepEqual(await decide(), { validityDays: 730 })
  ok(await enrol('--cn', 'other.j1cfra.example.org'))
  assert.equal(await decide(), undefined, 'of another name nothing was asked before')
})

test('scel enrol --csr --duration: a request that openssl made lasts as long as it is asked for', async (t) => {
  if (!needs(t, 'openssl')) return
  const { folder, run, enrol, decide } = await scene(t)
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'a.key']
  peer('openssl', ['req', '-new', ...key, '-out', 'a.csr', '-subj', `/CN=${HOST}`], folder)
  const asked = ok(await enrol('--csr', join(folder, 'a.csr'), '--duration', '730'))
  assert.match(asked.out, /duration asked for +730 days/)
  assert.deepEqual(await decide(), { validityDays: 730 })
  const out = join(folder, 'out')
  const [{ files }] = JSON.parse(ok(await run('--json', 'get', '--folder', out)).out).requests
  assert.equal(daysOf(folder, files.certificate ?? Object.values(files)[0]), 730)
})
