import assert from 'node:assert/strict'
import { test } from 'node:test'
import { roomyMemory } from './roomy-memory.ts'

const machine = (flags: string, availableGib: number, freeGib: number) => ({
  text: (file: string) =>
    file === '/proc/mounts'
      ? `/dev/vda / ext4 rw 0 0\ntmpfs /dev/shm tmpfs ${flags} 0 0\n`
      : `MemTotal: 1 kB\nMemAvailable:   ${availableGib * 2 ** 20} kB\n`,
  free: () => freeGib * 2 ** 30,
})

test('tests write to memory where there is plenty of it, and where programs may be run', () => {
  assert.equal(roomyMemory(machine('rw,nosuid,relatime', 8, 4)), '/dev/shm')
  for (const small of [
    machine('rw,nosuid,noexec', 8, 4),
    machine('ro', 8, 4),
    machine('rw', 7, 4),
    machine('rw', 8, 0.0625),
  ])
    assert.equal(roomyMemory(small), undefined)
})

test('a machine that says nothing of its memory has none for tests', () => {
  const silent = () => {
    throw new Error('ENOENT')
  }
  assert.equal(roomyMemory({ text: silent, free: () => 2 ** 40 }), undefined)
})
