import { type Migration, migration } from './migration.ts'

/** How the last attempt of a delivery ended. */
export const deliveryAnswers: Migration = migration('delivery answers', (words) => [
  `ALTER TABLE delivery ADD COLUMN answer ${words.text}`,
  `ALTER TABLE delivery ADD COLUMN answer_status ${words.integer}`,
  `ALTER TABLE delivery ADD COLUMN answer_at ${words.text}`,
])
