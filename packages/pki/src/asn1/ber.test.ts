import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fromHex, toHex } from '../bytes/index.ts'
import { hasCode } from '../errors/index.ts'
import { checkDer, derOfBer, integer, octetString, sequence, setOf } from './index.ts'

test('indefinite lengths become definite', () => {
  assert.equal(toHex(derOfBer(fromHex('3080020105308000000000'), 'x')), '30050201053000')
})

test('long lengths become shortest', () => {
  assert.equal(toHex(derOfBer(fromHex('308200060483000001aa'), 'x')), '30030401aa')
})

test('a string in pieces becomes one, nested pieces too', () => {
  assert.equal(toHex(derOfBer(fromHex('24800401aa2480040200bb00000401cc0000'), 'x')), '0404aa00bbcc')
})

test('a string whose pieces are something else is refused', () => {
  assert.throws(
    () => derOfBer(fromHex('24800201050000'), 'x'),
    (error) => hasCode(error, 'der_malformed'),
  )
})

test('what is missing its end, or goes on after it, is refused', () => {
  for (const hex of ['3080020105', '30800201050000 00'.replace(' ', ''), '0480', '3080', '', '30']) {
    assert.throws(
      () => derOfBer(fromHex(hex), 'x'),
      (error) => hasCode(error, 'der_malformed'),
      hex,
    )
  }
})

test('DER stays as it is', () => {
  const { tree } = fc.letrec<{ tree: Uint8Array }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', maxDepth: 6 },
      fc.bigInt().map((value) => integer(value)),
      fc.uint8Array({ maxLength: 300 }).map((value) => octetString(value)),
      fc.array(tie('tree'), { maxLength: 4 }).map((parts) => sequence(...parts)),
      fc.array(tie('tree'), { maxLength: 4 }).map((parts) => setOf(...parts)),
    ),
  }))
  fc.assert(
    fc.property(tree, (der) => {
      checkDer(der, 'x')
      assert.deepEqual(derOfBer(der, 'x'), der)
    }),
  )
})
