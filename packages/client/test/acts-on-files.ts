import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { lists } from './fixtures/lists.ts'
import { messages } from './fixtures/messages.ts'
import { person } from './fixtures/person.ts'
import { quantum } from './fixtures/quantum.ts'
import { recipients } from './fixtures/recipients.ts'
import { signers } from './fixtures/signers.ts'
import { web } from './fixtures/web.ts'

/** Files by their names. */
export type Fixture = () => Promise<Readonly<Record<string, string | Uint8Array>>>

const FIXTURES: Readonly<Record<string, Fixture>> = { lists, messages, person, quantum, recipients, signers, web }

/** What lies there before the commands begin: `fixture NAME`, `file NAME TEXT`, `folder NAME`, `remove PATH`. */
export async function actOnFiles([verb, ...rest]: readonly string[], home: string): Promise<void> {
  const [first = '', second = ''] = rest
  switch (verb) {
    case 'fixture': {
      const fixture = FIXTURES[first]
      if (!fixture) throw new Error(`no such fixture: ${first}`)
      for (const [name, content] of Object.entries(await fixture())) await writeFile(join(home, name), content)
      return
    }
    case 'file':
      return writeFile(join(home, first), `${second}\n`)
    case 'folder':
      return void (await mkdir(join(home, first)))
    case 'remove':
      return rm(first, { recursive: true })
    default:
      throw new Error(`nobody does: ${verb}`)
  }
}
