import type { Curve, CurveName } from '../algorithms/index.ts'
import { numberOf } from './rsa/public.ts'

/** Whether an uncompressed point 04‖x‖y lies on its curve: y² = x³ − 3x + b (SEC 2 §2.4). Everything here is public. */
export function isOnCurve({ name, size }: Curve, point: Uint8Array): boolean {
  const { p, b } = EQUATIONS[name]
  const [x, y] = [numberOf(point.subarray(1, 1 + size)), numberOf(point.subarray(1 + size))]
  return x < p && y < p && (y * y - x * x * x + 3n * x - b) % p === 0n
}

const EQUATIONS: Readonly<Record<CurveName, { readonly p: bigint; readonly b: bigint }>> = {
  'P-256': {
    p: 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  },
  'P-384': {
    p: 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffffn,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
  },
  'P-521': {
    p: 0x1ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffn,
    b: 0x0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
  },
}
