import { test } from 'node:test'
import { portableCases } from './index.ts'

for (const { name, run } of portableCases) test(`Node: ${name}`, () => run('node'))
