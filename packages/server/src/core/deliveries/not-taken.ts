import type { DeliveryAnswerKind } from '@scel/contract/values'

/** What was sent and not taken; the message is for the operator, the kind for whoever looks at the page. */
export class NotTaken extends Error {
  readonly kind: DeliveryAnswerKind
  /** HTTP, where there was one. */
  readonly status: number | undefined

  constructor(kind: DeliveryAnswerKind, message: string, { status, cause }: { status?: number; cause?: unknown } = {}) {
    super(message, { cause })
    this.kind = kind
    this.status = status
  }
}
