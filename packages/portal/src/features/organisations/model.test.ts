import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultsOf, judgeSiren, organisationOf, spacedSiren, suffixesOf } from './model.ts'

test('a SIREN is judged by its length, then by its check digit', () => {
  assert.equal(judgeSiren(''), 'none')
  assert.equal(judgeSiren('35600'), 'short')
  assert.equal(judgeSiren('356 000 000'), 'good')
  assert.equal(judgeSiren('732829320'), 'good')
  assert.equal(judgeSiren('732829321'), 'wrong')
  assert.equal(judgeSiren('738229320'), 'wrong')
  assert.equal(judgeSiren('35600000A'), 'short')
})

test('every fault of the form is named at once, and spaces and case are forgiven', () => {
  assert.deepEqual(faultsOf({ code: '-', name: ' ', country: 'F', siren: '732829321', names: '' }), {
    code: true,
    name: true,
    country: true,
    siren: true,
  })
  const form = { code: ' J1CFRA ', name: ' France-LA POSTE ', country: 'fr', siren: '356 000 000', names: '' }
  assert.deepEqual(faultsOf(form), {})
  assert.deepEqual(organisationOf(form), { code: 'J1CFRA', name: 'France-LA POSTE', country: 'FR', siren: '356000000' })
})

test('no SIREN is none, not an empty one', () => {
  assert.equal('siren' in organisationOf({ code: 'AB', name: 'x', country: 'FR', siren: ' ', names: ' ' }), false)
})

test('a SIREN is written in threes', () => {
  assert.equal(spacedSiren('356000000'), '356\u00a0000\u00a0000')
})

test('names are typed on lines or in a row, and none are none', () => {
  assert.deepEqual(suffixesOf(' example.org\n*.poste.example, a.example;b.example\n\n'), [
    'example.org',
    '*.poste.example',
    'a.example',
    'b.example',
  ])
  assert.deepEqual(suffixesOf(' \n '), [])
  const form = { code: 'AB', name: 'x', country: 'FR', siren: '', names: 'example.org' }
  assert.deepEqual(organisationOf(form).nameSuffixes, ['example.org'])
  assert.equal('nameSuffixes' in organisationOf({ ...form, names: ' ' }), false)
})
