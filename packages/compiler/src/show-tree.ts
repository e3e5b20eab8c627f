/**
 * The parse tree as MicroPython's coverage build prints it with `-v -v -v`. Counterpart: mp_parse_node_print in py/parse.c.
 */
import { constantText } from '@tsmp/mpy-format';
import { Act, ACTS, Rule } from './parser/grammar.js';
import { RULE_NAMES } from './parser/grammar-text.js';
import type { ParseTree, SyntaxNode } from './tree.js';

/** The rules that MicroPython's compiler has a function for; it numbers these first, then constants, then all others. */
const COMPILED = new Set(
  `file_input file_input_2 decorated funcdef simple_stmt_2 expr_stmt testlist_star_expr del_stmt pass_stmt break_stmt
  continue_stmt return_stmt yield_stmt raise_stmt import_name import_from global_stmt nonlocal_stmt assert_stmt async_stmt
  if_stmt while_stmt for_stmt try_stmt with_stmt suite_block_stmts namedexpr_test test_if_expr lambdef lambdef_nocond or_test
  and_test not_test_2 comparison star_expr expr xor_expr and_expr shift_expr arith_expr term factor_2 power atom_expr_await
  atom_expr_normal atom_paren atom_bracket atom_brace trailer_paren trailer_bracket trailer_period subscriptlist subscript_2
  subscript_3 testlist dictorsetmaker_item classdef yield_expr`.split(/\s+/),
);
/** Two that stand elsewhere in our grammar, and first in MicroPython's. */
const FIRST_OTHERS = ['generic_colon_test', 'generic_equal_test'];

const NUMBERS: ReadonlyMap<string, number> = (() => {
  const rules = RULE_NAMES.slice(0, Rule.Count);
  const others = rules.filter((name) => !COMPILED.has(name) && !FIRST_OTHERS.includes(name));
  const order = [...rules.filter((name) => COMPILED.has(name)), 'const_object', ...FIRST_OTHERS, ...others];
  return new Map(order.map((name, i) => [name, i]));
})();
/** Rules whose nodes have a further place, in which the compiler keeps the scope. */
const WITH_BLANK = new Set(RULE_NAMES.filter((_, rule) => rule < Rule.Count && ACTS[rule] === Act.Blank));

/** The tree as text. Where MicroPython has a constant's address, this has `#` and a number. */
export function formatParseTree(tree: ParseTree): string {
  const out: string[] = [];
  let constants = 0;
  const print = (node: SyntaxNode | null, indent: number): void => {
    const leaf = `       ${' '.repeat(indent)}`;
    if (node === null) {
      out.push(`${leaf}NULL`);
      return;
    }
    const struct = `[${String(node.line).padStart(4)}] ${' '.repeat(indent)}`;
    const text = tree.texts[node.value] ?? '';
    switch (node.ruleName) {
      case 'small_int':
        out.push(`${leaf}int(${node.constant === null ? node.value : constantText(node.constant)})`);
        return;
      case 'id':
        out.push(`${leaf}id(${text})`);
        return;
      case 'string':
        out.push(`${leaf}str(${text})`);
        return;
      case 'token':
        out.push(`${leaf}tok(${node.value})`);
        return;
      case 'const_object':
        out.push(
          `${struct}literal const(#${constants++})=${node.constant === null ? '' : constantText(node.constant)}`,
        );
        return;
    }
    const blank = WITH_BLANK.has(node.ruleName);
    out.push(`${struct}${node.ruleName}(${NUMBERS.get(node.ruleName)}) (n=${node.nodes.length + (blank ? 1 : 0)})`);
    for (const child of node.nodes) print(child, indent + 2);
    if (blank) print(null, indent + 2);
  };
  print(tree.root, 0);
  return out.map((line) => `${line}\n`).join('');
}
