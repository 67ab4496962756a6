import assert from 'node:assert/strict'
import { test } from 'node:test'
import { agentName } from './model.ts'

test('a browser is named by what it is, not by what it claims to be like', () => {
  const chrome = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36'
  assert.equal(agentName(chrome), 'Chrome · Windows')
  assert.equal(agentName(`${chrome} Edg/140.0`), 'Edge · Windows')
  assert.equal(
    agentName('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1'),
    'Safari · iOS',
  )
})

test('an unknown agent is shown as it is, cut', () => {
  assert.equal(agentName('robot'), 'robot')
  assert.equal(agentName('x'.repeat(200)).length, 60)
})
