import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openRulesDesk } from '../../../test/rules-desk.ts'
import { MINUTE } from '../world.ts'
import { createHeadPush } from './push.ts'

test('the newest head goes to each target once; one that takes none is told of and tried again, ever more seldom', async (t) => {
  const { core, work, world, later } = await openRulesDesk(t)
  const got: [string, number][] = []
  const told: string[] = []
  let broken = true
  let calls = 0
  const make = () =>
    createHeadPush({
      ...{ work, world, newest: core.log.newest, report: (what: string) => void told.push(what) },
      targets: [
        { name: 'folder', send: async ({ size }) => void got.push(['folder', size]) },
        {
          name: 'address',
          send: async ({ size }) => {
            calls++
            if (broken) throw new Error('no')
            got.push(['address', size])
          },
        },
      ],
    })
  const heads = make()
  const size = (await work.read(({ log }) => log.newestSigned()))!.size
  await heads.push()
  await heads.push()
  assert.deepEqual(got, [['folder', size]])
  assert.deepEqual([calls, told.length], [1, 1])
  const [folder, address] = await heads.pushed()
  assert.deepEqual([folder?.size, folder?.failingSince, address?.size], [size, undefined, 0])
  assert.ok(address?.failingSince)
  for (let minute = 0; minute < 60; minute++) {
    later(MINUTE)
    await heads.push()
  }
  assert.ok(calls >= 5 && calls <= 7, `${calls} calls in an hour`)
  broken = false
  for (let minute = 0; minute < 60; minute++) {
    later(MINUTE)
    await heads.push()
  }
  assert.deepEqual(got.at(-1), ['address', size])
  assert.match(told.at(-1)!, /taken again/)
  assert.equal((await heads.pushed())[1]?.failingSince, undefined)
  // Another process of the desk knows what was sent.
  await make().push()
  assert.equal(got.length, 2)
  await core.log.run()
})
