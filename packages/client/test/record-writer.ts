import { pemEncode } from '@scel/pki/bytes'
import { changeDeskRecord, type DeskRecord } from '../src/state/desk-record.ts'
import { makePaths } from '../src/state/paths.ts'

// A run beside others, in a process of its own: `record-writer.ts HOME NAME FIRST` adds ten keys to a record, one by one.

const [home = '', name = '', first = ''] = process.argv.slice(2)
const paths = makePaths({ env: {}, platform: 'linux', home }, {})
const [origin, root] = ['https://desk.example:8443', pemEncode('CERTIFICATE', new Uint8Array(300))]
const record: DeskRecord = {
  format: 'scel-desk-record/3',
  desk: { id: 'a'.repeat(64), name: 'Desk', services: { portal: origin, mutual: origin, public: origin } },
  environment: 'production',
  roots: { desk: root, tls: root, environment: root },
  saidAt: '2026-01-01T00:00:00.000Z',
  requests: [],
  keys: {},
}

for (let number = Number(first); number < Number(first) + 10; number++)
  await changeDeskRecord(paths, name, (present = record) => ({
    ...present,
    keys: { ...present.keys, [number]: 'key' },
  }))
