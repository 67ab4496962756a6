import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fromHex, toHex } from '@scel/pki/bytes'
import { GrowingTree, leafHash } from './tree.ts'

// The leaves and roots that the logs of Certificate Transparency test themselves with (certificate-transparency-go and
// transparency-dev/merkle, rfc6962_test.go and proof/testdata).
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

test('the roots of growing trees are those of the logs of Certificate Transparency', async () => {
  const tree = new GrowingTree()
  assert.equal(toHex(await tree.root()), ROOTS[0])
  for (const [index, leaf] of LEAVES.entries()) {
    await tree.add(await leafHash(fromHex(leaf)))
    assert.equal(toHex(await tree.root()), ROOTS[index + 1], `of ${index + 1} leaves`)
  }
})

test('a tree goes on from what is remembered of it, wherever it was cut', async () => {
  for (let cut = 0; cut <= LEAVES.length; cut++) {
    const tree = new GrowingTree()
    for (const leaf of LEAVES.slice(0, cut)) await tree.add(await leafHash(fromHex(leaf)))
    const on = new GrowingTree(tree.state)
    for (const leaf of LEAVES.slice(cut)) await on.add(await leafHash(fromHex(leaf)))
    assert.equal(on.size, LEAVES.length)
    assert.equal(toHex(await on.root()), ROOTS[LEAVES.length])
  }
  assert.throws(() => new GrowingTree({ size: 3, roots: [] }), RangeError)
})
