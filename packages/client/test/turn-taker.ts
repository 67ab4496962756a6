import { takeTurns } from '../src/state/take-turns.ts'

// A run beside others, in a process of its own: `turn-taker.ts FILE` says whether it was its turn, or why not.

const [file = ''] = process.argv.slice(2)
const outcome = await takeTurns(file, async () => 'its turn', 50).catch((error: { code: string }) => error.code)
process.stdout.write(outcome)
