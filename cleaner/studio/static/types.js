// The values that the server sends and takes, for the type checker.

/**
 * @typedef {{name: string, group: "body" | "about" | "removed", meaning: string}} LabelInfo
 * @typedef {"waiting" | "failed" | "cleaned"} PageState
 * @typedef {{number: number, id: string, url: string | null, kind: string, site: string, title: string, state: PageState,
 *   problem?: string, kept_share?: number, score?: number | null, flags?: string[], page_type?: string}} PageSummary
 * @typedef {{version: number, pages: PageSummary[], failures: {path: string, error: string, message: string}[],
 *   reading: boolean, notice: string, rules: string | null, rule_error: string | null, rules_digest: string, labels: LabelInfo[],
 *   can_undo: boolean}} Studio
 * @typedef {{text: string, role: string, keep: boolean, label: string, judge?: string, rule?: string, why?: string,
 *   score?: number, path?: string, line?: number, hidden: boolean, links: number}} BlockInfo
 * @typedef {PageSummary & {metadata: Record<string, unknown>, blocks: BlockInfo[], markdown: string, tickets: string[]}} PageInfo
 * @typedef {"wrong" | "doubtful" | "changed" | "same"} Effect
 * @typedef {{table: "drop" | "keep" | "body" | "metadata" | "case", label?: string, matcher?: Record<string, unknown>, why?: string,
 *   trust?: "always" | null, field?: string, selector?: string, case?: Case, replaces?: Change, removes?: boolean}} Change
 * @typedef {Record<string, unknown> & {must_drop?: (string | {text: string, label: string})[]}} Case the keys of a case, as in the file
 * @typedef {{page: number, before: unknown, after: unknown}} Reading what a selector of metadata reads on a page
 * @typedef {{change: Change, kind: string, rule: string, blocks?: number, pages?: number}} RuleEntry
 * @typedef {{name: string, text: string, builtin: boolean, entries: RuleEntry[], networks: string[], cases: number}} RuleFile
 * @typedef {[string, number][]} Likely
 * @typedef {{all: Likely, names: Likely, words: Likely}} Evidence labels with their probabilities
 * @typedef {{page: number, block: number, effect: Effect, text: string}} Hit
 * @typedef {{change: Change, kind: string, counts: Partial<Record<Effect, number>>, covered: number, pages: number, hits: Hit[],
 *   reach: [number, number, Effect][], values?: Reading[]}} Proposal
 * @typedef {Record<string, Record<string, string>>} Marks
 * @typedef {{page: number, title: string, kept_before: number, kept_after: number,
 *   blocks: {block: number, keep: boolean, text: string, label: string}[],
 *   metadata: {field: string, before: unknown, after: unknown}[]}} PageChange
 * @typedef {{name: string, base: string, text: string, diff: string[], files: string[], cases: number[], replaces_builtin: boolean,
 *   pages: PageChange[], checks: {state: string, subject: string, field: string, line: number, detail: string}[],
 *   passes: boolean, open: {page: number, block: number, text: string, label: string}[], written?: string[]}} Preview
 */

export {};
