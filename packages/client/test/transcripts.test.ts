// Every transcript of the folder is run against a real desk of its own.

import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type Office, openOffice } from './office.ts'
import { needs } from './openssl.ts'
import { type Ran, scel } from './run-scel.ts'
import { compare, expand, parseTranscript, type Step, type Values, words } from './transcript.ts'

process.env.TZ = 'UTC'
const FOLDER = fileURLToPath(new URL('transcripts/', import.meta.url))

for (const name of (await readdir(FOLDER)).filter((file) => file.endsWith('.txt')).sort()) {
  test(`transcript ${name}`, async (t) => {
    const text = await readFile(join(FOLDER, name), 'utf8')
    const program = /^# needs (\S+)$/m.exec(text)?.[1]
    if (program && !needs(t, program, '-H')) return
    const office = await openOffice()
    t.after(() => office.close())
    const steps = parseTranscript(text)
    await play(name, steps, office)
  })
}

async function play(name: string, steps: readonly Step[], office: Office): Promise<void> {
  const { desk, home } = office
  const { services } = desk
  const host = (url: string): string => new URL(url).host
  const values: Values = new Map(
    Object.entries({
      ...{ portal: services.portal, mutual: services.mutual, lists: services.public },
      ...{ 'portal-host': host(services.portal), 'mutual-port': String(desk.ports.mutual) },
      ...{ home, fingerprint: desk.fingerprint },
      colons: (desk.fingerprint.match(/../g) ?? []).join(':').toUpperCase(),
    }),
  )
  for (const step of steps) {
    const text = expand(step.text, values)
    if (step.kind === 'act') {
      await act(words(text), office, values)
      continue
    }
    const [program, ...args] = words(text)
    if (program !== 'scel') throw new Error(`${name}: not a command of ours: ${text}`)
    const ran: Ran = await scel(args, home)
    const about = `${name}: $ ${text} (exit ${ran.exit})`
    if (ran.exit !== step.exit) throw new Error(`${about}, not ${step.exit}\n${ran.out}\n${ran.err}`)
    compare(step.out, ran.out, values, `${about}, standard output`)
    compare(step.err, ran.err, values, `${about}, standard error`)
  }
}

/** What others do: `kit NAME [server] [machine] [once] [standing]`, `approve N`, `reject N REASON`, `revoke N`, `clock HOURS`, … */
async function act([verb, ...rest]: readonly string[], office: Office, values: Values): Promise<void> {
  const [first = '', second = ''] = rest
  switch (verb) {
    case 'kit': {
      const made = await office.kit(
        first,
        {
          enrolment: rest.includes('server') ? 'server' : 'workstation',
          store: rest.includes('machine') ? 'machine' : 'user',
          uses: rest.includes('once') ? 1 : 50,
          standingApproval: rest.includes('standing'),
        },
        rest.includes('altered') ? (file) => ({ ...file, rules: { ...file.rules, country: 'BE' } }) : undefined,
      )
      values.set(first, made.path)
      values.set(`${first}-id`, made.id)
      return
    }
    case 'withdraw':
      await office.administrator.post(`/api/kits/${values.get(`${first}-id`)}/withdraw`)
      return
    case 'approve':
      return office.approve(Number(first))
    case 'reject':
      return office.reject(Number(first), second)
    case 'revoke':
      return office.revoke(Number(first))
    case 'clock':
      return office.desk.moveClock(Number(first) * 3_600_000)
    case 'remove':
      return rm(first, { recursive: true })
    case 'stop':
      return office.desk.stop()
    default:
      throw new Error(`nobody does: ${verb}`)
  }
}
