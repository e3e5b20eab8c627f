/**
 * The grammar as text: one line a rule. tools/gen-grammar.mjs makes `grammar-table.ts` of it. Counterpart: py/grammar.h.
 *
 * A line is `name kind part…`. Kinds:
 *     or      the first part that matches
 *     and     all parts; always makes a node
 *     ident   all parts; a lone child that is not empty stands for the rule itself
 *     blank   `and` with one slot more in MicroPython's node, where its compiler keeps a scope
 *     list    item (separator item)*
 *     liste   item (separator item)* [separator]
 *     many    item item*
 * Parts: a name is a rule, a name in brackets an optional one, a capital a token class, anything in quotes a token.
 *
 * Invariant: the lines are in the order of `Rule` in grammar.ts.
 */
export const GRAMMAR = `
single_input or NEWLINE simple_stmt compound_stmt
file_input ident [file_input_2]
file_input_2 many file_input_3
file_input_3 or NEWLINE stmt
eval_input ident testlist [eval_input_2]
eval_input_2 and NEWLINE
decorator and '@' dotted_name [trailer_paren] NEWLINE
decorators many decorator
decorated ident decorators decorated_body
decorated_body or classdef funcdef async_funcdef
async_funcdef and 'async' funcdef
funcdef blank 'def' NAME '(' [typedargslist] ')' [funcdefrettype] ':' suite
funcdefrettype ident '->' test
typedargslist liste typedargslist_item ','
typedargslist_item or typedargslist_name typedargslist_star typedargslist_dbl_star
typedargslist_name ident NAME [generic_colon_test] [generic_equal_test]
typedargslist_star and '*' [tfpdef]
typedargslist_dbl_star and '**' NAME [generic_colon_test]
tfpdef and NAME [generic_colon_test]
varargslist liste varargslist_item ','
varargslist_item or varargslist_name varargslist_star varargslist_dbl_star
varargslist_name ident NAME [generic_equal_test]
varargslist_star and '*' [vfpdef]
varargslist_dbl_star and '**' NAME
vfpdef ident NAME
generic_colon_test ident ':' test
generic_equal_test ident '=' test
stmt or compound_stmt simple_stmt
simple_stmt ident simple_stmt_2 NEWLINE
simple_stmt_2 liste small_stmt ';'
small_stmt or del_stmt pass_stmt flow_stmt import_stmt global_stmt nonlocal_stmt assert_stmt expr_stmt
expr_stmt and testlist_star_expr [expr_stmt_2]
expr_stmt_2 or annassign expr_stmt_augassign expr_stmt_assign_list
expr_stmt_augassign ident augassign expr_stmt_6
expr_stmt_assign_list many expr_stmt_assign
expr_stmt_assign ident '=' expr_stmt_6
expr_stmt_6 or yield_expr testlist_star_expr
testlist_star_expr liste testlist_star_expr_2 ','
testlist_star_expr_2 or star_expr test
annassign and ':' test [expr_stmt_assign]
augassign or '+=' '-=' '*=' '@=' '/=' '%=' '&=' '|=' '^=' '<<=' '>>=' '**=' '//='
del_stmt and 'del' exprlist
pass_stmt and 'pass'
flow_stmt or break_stmt continue_stmt return_stmt raise_stmt yield_stmt
break_stmt and 'break'
continue_stmt and 'continue'
return_stmt and 'return' [testlist]
yield_stmt and yield_expr
raise_stmt and 'raise' [raise_stmt_arg]
raise_stmt_arg ident test [raise_stmt_from]
raise_stmt_from ident 'from' test
import_stmt or import_name import_from
import_name and 'import' dotted_as_names
import_from and 'from' import_from_2 'import' import_from_3
import_from_2 or dotted_name import_from_2b
import_from_2b ident one_or_more_period_or_ellipsis [dotted_name]
import_from_3 or '*' import_as_names_paren import_as_names
import_as_names_paren ident '(' import_as_names ')'
one_or_more_period_or_ellipsis many period_or_ellipsis
period_or_ellipsis or '.' '...'
import_as_name and NAME [as_name]
dotted_as_name ident dotted_name [as_name]
as_name ident 'as' NAME
import_as_names liste import_as_name ','
dotted_as_names list dotted_as_name ','
dotted_name list NAME '.'
global_stmt and 'global' name_list
nonlocal_stmt and 'nonlocal' name_list
name_list list NAME ','
assert_stmt and 'assert' test [assert_stmt_extra]
assert_stmt_extra ident ',' test
compound_stmt or if_stmt while_stmt for_stmt try_stmt with_stmt funcdef classdef decorated async_stmt
async_stmt and 'async' async_stmt_2
async_stmt_2 or funcdef with_stmt for_stmt
if_stmt and 'if' namedexpr_test ':' suite [if_stmt_elif_list] [else_stmt]
if_stmt_elif_list many if_stmt_elif
if_stmt_elif and 'elif' namedexpr_test ':' suite
while_stmt and 'while' namedexpr_test ':' suite [else_stmt]
for_stmt and 'for' exprlist 'in' testlist ':' suite [else_stmt]
try_stmt and 'try' ':' suite try_stmt_2
try_stmt_2 or try_stmt_except_and_more try_stmt_finally
try_stmt_except_and_more ident try_stmt_except_list [else_stmt] [try_stmt_finally]
try_stmt_except and 'except' [try_stmt_as_name] ':' suite
try_stmt_as_name ident test [as_name]
try_stmt_except_list many try_stmt_except
try_stmt_finally and 'finally' ':' suite
else_stmt ident 'else' ':' suite
with_stmt and 'with' with_stmt_list ':' suite
with_stmt_list list with_item ','
with_item ident test [with_item_as]
with_item_as ident 'as' expr
suite or suite_block simple_stmt
suite_block ident NEWLINE INDENT suite_block_stmts DEDENT
suite_block_stmts many stmt
namedexpr_test ident test [namedexpr_test_2]
namedexpr_test_2 ident ':=' test
test or lambdef test_if_expr
test_if_expr ident or_test [test_if_else]
test_if_else and 'if' or_test 'else' test
test_nocond or lambdef_nocond or_test
lambdef blank 'lambda' [varargslist] ':' test
lambdef_nocond blank 'lambda' [varargslist] ':' test_nocond
or_test list and_test 'or'
and_test list not_test 'and'
not_test or not_test_2 comparison
not_test_2 and 'not' not_test
comparison list expr comp_op
comp_op or '<' '>' '==' '<=' '>=' '!=' 'in' comp_op_not_in comp_op_is
comp_op_not_in and 'not' 'in'
comp_op_is and 'is' [comp_op_is_not]
comp_op_is_not and 'not'
star_expr and '*' expr
expr list xor_expr '|'
xor_expr list and_expr '^'
and_expr list shift_expr '&'
shift_expr list arith_expr shift_op
shift_op or '<<' '>>'
arith_expr list term arith_op
arith_op or '+' '-'
term list factor term_op
term_op or '*' '@' '/' '%' '//'
factor or factor_2 power
factor_2 ident factor_op factor
factor_op or '+' '-' '~'
power ident atom_expr [power_dbl_star]
atom_expr or atom_expr_await atom_expr_normal
atom_expr_await and 'await' atom [atom_expr_trailers]
atom_expr_normal ident atom [atom_expr_trailers]
atom_expr_trailers many trailer
power_dbl_star ident '**' factor
atom or NAME INTEGER FLOAT STRING BYTES '...' 'None' 'True' 'False' atom_paren atom_bracket atom_brace
atom_paren and '(' [atom_2b] ')'
atom_2b or yield_expr testlist_comp
atom_bracket and '[' [testlist_comp] ']'
atom_brace and '{' [dictorsetmaker] '}'
testlist_comp ident testlist_comp_2 [testlist_comp_3]
testlist_comp_2 or star_expr namedexpr_test
testlist_comp_3 or comp_for testlist_comp_3b
testlist_comp_3b ident ',' [testlist_comp_3c]
testlist_comp_3c liste testlist_comp_2 ','
trailer or trailer_paren trailer_bracket trailer_period
trailer_paren and '(' [arglist] ')'
trailer_bracket and '[' subscriptlist ']'
trailer_period and '.' NAME
subscriptlist liste subscript ','
subscript or subscript_3 subscript_2
subscript_2 ident test [subscript_3]
subscript_3 and ':' [subscript_3b]
subscript_3b or subscript_3c subscript_3d
subscript_3c and ':' [test]
subscript_3d ident test [sliceop]
sliceop and ':' [test]
exprlist liste exprlist_2 ','
exprlist_2 or star_expr expr
testlist liste test ','
dictorsetmaker ident dictorsetmaker_item [dictorsetmaker_tail]
dictorsetmaker_item ident test [generic_colon_test]
dictorsetmaker_tail or comp_for dictorsetmaker_list
dictorsetmaker_list and ',' [dictorsetmaker_list2]
dictorsetmaker_list2 liste dictorsetmaker_item ','
classdef blank 'class' NAME [classdef_2] ':' suite
classdef_2 ident '(' [arglist] ')'
arglist liste arglist_2 ','
arglist_2 or arglist_star arglist_dbl_star argument
arglist_star and '*' test
arglist_dbl_star and '**' test
argument ident test [argument_2]
argument_2 or comp_for generic_equal_test argument_3
argument_3 and ':=' test
comp_iter or comp_for comp_if
comp_for blank 'for' exprlist 'in' or_test [comp_iter]
comp_if and 'if' test_nocond [comp_iter]
yield_expr and 'yield' [yield_arg]
yield_arg or yield_arg_from testlist
yield_arg_from and 'from' test
`;

/** The names of the rules and of the other kinds of nodes. */
export const RULE_NAMES: readonly string[] = [
  ...GRAMMAR.trim()
    .split('\n')
    .map((line) => line.split(' ')[0]),
  'const_object',
  'id',
  'string',
  'token',
  'small_int',
];
