export { guessBits, LEAST_BITS, type Strength, strengthOf } from './guesses.ts'
