import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  bareName,
  becomesZip,
  bundleName,
  contentFor,
  contentName,
  distinctPaths,
  sealedName,
  signedName,
} from './names.ts'

const paths = (...all: string[]) => all.map((path) => ({ path }))

test('one file keeps its name, a folder gives its own to the zip, and a mixture is just files', () => {
  assert.equal(bundleName(paths('Rapport.pdf'), 'files'), 'Rapport.pdf')
  assert.equal(bundleName(paths('Marché/a.txt', 'Marché/sub/b.txt'), 'files'), 'Marché.zip')
  assert.equal(bundleName(paths('a.txt', 'Marché/b.txt'), 'fichiers'), 'fichiers.zip')
  assert.equal(bundleName(paths('/a.txt', '/b.txt'), 'files'), 'files.zip', 'a folder without a name gives none')
})

test('a folder becomes a zip even of one file, so that it is a folder again', () => {
  assert.equal(becomesZip(paths('Marché/a.txt')), true)
  assert.equal(bundleName(paths('Marché/a.txt'), 'files'), 'Marché.zip')
  assert.deepEqual([becomesZip(paths('a.txt')), becomesZip([])], [false, false])
})

test('what sealing and signing put onto a name is taken off again, and no content is called like its cover', () => {
  assert.equal(contentName('Rapport.pdf.p7m'), 'Rapport.pdf')
  assert.equal(contentName('Rapport.pdf.P7S'), 'Rapport.pdf')
  for (const ending of ['p7m', 'p7s', 'p7z', 'p7', 'cms', 'sig', 'tsr', 'tst', 'ber', 'der', 'P7M']) {
    assert.equal(contentName(`a.b.${ending}`), 'a.b')
  }
  assert.equal(contentName('smime'), 'smime.content')
  assert.equal(contentName('.p7m'), '.p7m.content')
  assert.deepEqual([bareName('smime'), bareName('.p7m'), bareName('p7m')], [undefined, undefined, undefined])
  for (const name of ['a.txt', 'Marché é.docx', '.x']) {
    assert.equal(contentName(sealedName(name)), name)
    for (const detached of [true, false]) assert.equal(contentName(signedName(name, detached)), name)
  }
})

test('a signature finds the file that it is called after, or the only one that is there', () => {
  const both = paths('b.pdf', 'folder/a.pdf')
  assert.equal(contentFor('a.pdf.p7s', both)?.path, 'folder/a.pdf')
  assert.equal(contentFor('c.pdf.p7s', both), undefined)
  assert.equal(contentFor('c.pdf.p7s', paths('b.pdf'))?.path, 'b.pdf')
})

test('no two entries of a zip have one name, not even where case does not count', () => {
  assert.deepEqual(distinctPaths(['a.txt', 'A.txt', 'a.txt', 'x/README', 'x/README']), [
    'a.txt',
    'A (2).txt',
    'a (3).txt',
    'x/README',
    'x/README (2)',
  ])
})
