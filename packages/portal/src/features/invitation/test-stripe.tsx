import type { ReactNode } from 'react'
import { useText } from '../../lib/languages/index.ts'
import { Stripe } from '../../ui/index.ts'

export function TestStripe(): ReactNode {
  const text = useText()
  return <Stripe strong={text('app.test')}>{text('app.testExplained')}</Stripe>
}
