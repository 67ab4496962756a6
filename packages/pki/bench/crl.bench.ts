// A CRL of a million entries, in processes of their own, because what counts beside seconds is the most memory that
// each ever held (its resident set, Node included).

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { print } from './table.ts'

const PROGRAM = join(import.meta.dirname, 'million-entries.ts')
const MEBIBYTE = 1024 * 1024

interface Report {
  readonly seconds: Readonly<Record<string, number>>
  readonly bytes: number
  readonly peak: number
}

const folder = mkdtempSync(join(tmpdir(), 'scel-crl-'))
try {
  const file = join(folder, 'million.crl')
  const wrote = run('write', file)
  const read = run('read', file)
  const both = run('both', file)
  const most = (value: number, limit: number, unit: string): { value: number; most: number; unit: string } => ({
    value,
    most: limit,
    unit,
  })
  const memory = ({ peak }: Report): { value: number; most: number; unit: string } => most(peak / MEBIBYTE, 300, 'MiB')
  print([
    {
      what: '1,000,000 entries written and signed',
      value: `${(wrote.bytes / MEBIBYTE).toFixed(1)} MiB`,
      limit: most(wrote.seconds.write!, 2, 's'),
    },
    { what: 'most memory while writing', value: '', limit: memory(wrote) },
    { what: 'read, checked, and asked about 1,000 serials', value: '', limit: most(read.seconds.read!, 0.5, 's') },
    { what: 'most memory while reading', value: '', limit: memory(read) },
    { what: 'most memory of one process that does both', value: '', limit: memory(both) },
  ])
} finally {
  rmSync(folder, { recursive: true })
}

function run(what: 'write' | 'read' | 'both', file: string): Report {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, what, file], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout) as Report
}
