// Every transcript of the folder is run: against a real desk of its own, or, where it is about files alone, without.

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { NOW } from '@scel/testkit/authority'
import { folderFor, needs } from '@scel/testkit/peers'
import { vectorFolder } from '@scel/testkit/vectors'
import type { Outside } from '../src/outside.ts'
import { actOnDesk, deskValues } from './acts-on-desk.ts'
import { actOnFiles } from './acts-on-files.ts'
import { openOffice } from './office.ts'
import { type Ran, scel } from './run-scel.ts'
import { compare, expand, parseTranscript, type Step, type Values, words } from './transcript.ts'

process.env.TZ = 'UTC'
const FOLDER = fileURLToPath(new URL('transcripts/', import.meta.url))

for (const name of (await readdir(FOLDER)).filter((file) => file.endsWith('.txt')).sort()) {
  test(`transcript ${name}`, async (t) => {
    const text = await readFile(join(FOLDER, name), 'utf8')
    const steps = parseTranscript(text)
    const program = /^# needs (\S+)$/m.exec(text)?.[1]
    if (program && !needs(t, program)) return
    const values: Values = new Map()
    const suite = /^# vectors (\S+)$/m.exec(text)?.[1]
    if (suite) {
      const folder = vectorFolder(t, suite)
      if (folder === undefined) return
      values.set(suite, folder)
    }
    if (/^# offline$/m.test(text)) {
      const home = folderFor(t)
      values.set('home', home)
      await play(name, steps, values, { home, now: () => NOW }, (act) => actOnFiles(act, home))
    } else {
      const office = await openOffice()
      t.after(() => office.close())
      for (const [key, value] of deskValues(office)) values.set(key, value)
      await play(name, steps, values, { home: office.home }, (act) => actOnDesk(act, office, values))
    }
  })
}

type Act = (words: readonly string[]) => Promise<unknown>
type Place = { readonly home: string } & Partial<Pick<Outside, 'now'>>

async function play(name: string, steps: readonly Step[], values: Values, place: Place, act: Act): Promise<void> {
  for (const step of steps) {
    const text = expand(step.text, values)
    if (step.kind === 'act') {
      await act(words(text))
      continue
    }
    const ran = await runLine(name, text, place)
    const about = `${name}: $ ${text} (exit ${ran.exit})`
    if (ran.exit !== step.exit) throw new Error(`${about}, not ${step.exit}\n${ran.out}\n${ran.err}`)
    compare(step.out, ran.out, values, `${about}, standard output`)
    compare(step.err, ran.err, values, `${about}, standard error`)
  }
}

/** Commands joined by ` | `, each reading what the one before wrote. What all of them say goes to standard error. */
async function runLine(name: string, text: string, { home, now }: Place): Promise<Ran> {
  let ran: Ran = { out: '', err: '', exit: 0 }
  for (const part of text.split(' | ')) {
    const [program, ...args] = words(part)
    if (program !== 'scel') throw new Error(`${name}: not a command of ours: ${text}`)
    const input = Buffer.from(ran.out, 'latin1')
    const next: Ran = await scel(args, home, {
      readInput: async () => input,
      async *input() {
        yield input
      },
      ...(now ? { now } : {}),
    })
    ran = { ...next, err: ran.err + next.err }
  }
  return ran
}
