import type { DeliveryAnswerKind } from '@scel/contract/values'

/**
 * What was not taken. Of the kind `rejected` is what is refused for good: no other attempt is made. The message is for the operator, the kind for whoever looks at the page.
 */
export class NotTaken extends Error {
  readonly kind: DeliveryAnswerKind
  /** As of `Answer`. */
  readonly status: number | undefined

  constructor(kind: DeliveryAnswerKind, message: string, { status, cause }: { status?: number; cause?: unknown } = {}) {
    super(message, { cause })
    this.kind = kind
    this.status = status
  }
}
