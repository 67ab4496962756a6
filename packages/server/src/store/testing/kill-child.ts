import { writeSync } from 'node:fs'
import { openSample } from './sample-work.ts'

// For kill.test.ts: stores units of two rows as fast as it can, and says each one's name once it is acknowledged.

const [file, round] = process.argv.slice(2)
const work = await openSample({ kind: 'sqlite', file: file! })

async function storeForEver(lane: number): Promise<never> {
  for (let n = 0; ; n++) {
    const name = `${round}-${lane}-${n}`
    await work.transaction(async ({ settings, audit }) => {
      await settings.set(name, 'stored')
      await audit.append({
        environment: 'production',
        at: '2026-01-01T00:00:00.000Z',
        action: 'request.submitted',
        outcome: 'done',
        actor: { kind: 'desk', name: 'test' },
        target: { kind: 'setting', id: name },
        facts: {},
      })
    })
    writeSync(1, `${name}\n`)
  }
}

await Promise.all(Array.from({ length: 8 }, (_, lane) => storeForEver(lane)))
