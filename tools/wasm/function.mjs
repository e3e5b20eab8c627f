// Compiles one function: TypeScript's tree to Binaryen's.
import binaryen from 'binaryen';
import ts from 'typescript';
import { ARITHMETIC, ASSIGN, INTEGER, INTRINSICS, isUsed, UNSIGNED } from './operators.mjs';
import { isModuleConst, unsupported, Unsupported } from './program.mjs';

const K = ts.SyntaxKind;
const I32 = binaryen.i32;
const F64 = binaryen.f64;
const NONE = binaryen.none;
const wasmType = (t) => (t === 'f64' ? F64 : t === 'i32' ? I32 : NONE);
const SHIFT = { i32: 2, u32: 2, u16: 1, i16: 1, u8: 0, i8: 0, f64: 3, f32: 2 };

/** Functions that answer the same object or text whenever they are asked during one call. */
const FINDERS = new Set(['of', 'qstrText', 'typeName', 'typeNameOf']);

/** A value on its way: `t` 'i32', 'f64', 'void' or 'never', with `ref`; or an entity. */
export class FunctionCompiler {
  constructor(unit, decl, self) {
    this.unit = unit;
    this.p = unit.program;
    this.m = unit.module;
    this.decl = decl;
    this.self = self;
    this.symbols = new Map();
    this.vars = [];
    this.labels = [];
    this.nLabels = 0;
  }

  compile(signature) {
    this.result = signature.result;
    let n = 0;
    this.paramTypes = [];
    for (const { type, decl } of signature.params) {
      const symbol = this.p.checker.getSymbolAtLocation(decl.name);
      if (typeof type === 'object') {
        this.symbols.set(symbol, type.k === 'array' ? { ...type, base: 0, path: undefined } : type);
      } else {
        this.paramTypes.push(wasmType(type));
        this.symbols.set(symbol, { k: 'local', index: n++, t: type, scale: 0 });
      }
    }
    this.nParams = n;
    const body = this.decl.body;
    const refs = ts.isBlock(body) ? this.statements(body.statements) : [this.returning(this.expr(body), body)];
    if (this.result === 'i32' || this.result === 'f64') refs.push(this.m.unreachable());
    return { params: this.paramTypes, result: wasmType(this.result), vars: this.vars, body: this.m.block(null, refs) };
  }

  // ---- statements

  statements(list) {
    return list.flatMap((s) => this.statement(s));
  }

  block(refs) {
    return this.m.block(null, refs, NONE);
  }

  one(statement) {
    return this.block(this.statement(statement));
  }

  statement(s) {
    switch (s.kind) {
      case K.Block:
        return this.statements(s.statements);
      case K.EmptyStatement:
        return [];
      case K.VariableStatement:
        return s.declarationList.declarations.flatMap((d) => this.declare(d));
      case K.ExpressionStatement:
        return [this.effect(s.expression)];
      case K.IfStatement: {
        const known = this.p.constant(s.expression);
        if (known !== undefined)
          return known !== 0 ? this.statement(s.thenStatement) : s.elseStatement ? this.statement(s.elseStatement) : [];
        return [
          this.m.if(
            this.condition(s.expression),
            this.one(s.thenStatement),
            s.elseStatement === undefined ? undefined : this.one(s.elseStatement),
          ),
        ];
      }
      case K.ReturnStatement:
        if (s.expression === undefined) return [this.m.return()];
        return [this.returning(this.expr(s.expression), s)];
      case K.ThrowStatement:
        return [this.thrown(s)];
      case K.ForStatement:
        return this.loop(s, s.initializer, s.condition, s.incrementor, s.statement, false);
      case K.WhileStatement:
        return this.loop(s, undefined, s.expression, undefined, s.statement, false);
      case K.DoStatement:
        return this.loop(s, undefined, s.expression, undefined, s.statement, true);
      case K.SwitchStatement:
        return this.switch(s);
      case K.LabeledStatement: {
        if (!ts.isBlock(s.statement)) return this.statement(s.statement);
        const name = this.label('block');
        this.labels.push({ name: s.label.text, brk: name, isBlock: true });
        const refs = this.statement(s.statement);
        this.labels.pop();
        return [this.m.block(name, refs, NONE)];
      }
      case K.BreakStatement:
        return [this.m.br(this.target(s, 'brk'))];
      case K.ContinueStatement:
        return [this.m.br(this.target(s, 'cont'))];
      case K.TryStatement:
        return this.try(s);
      default:
        return unsupported(s, 'statement');
    }
  }

  label(what) {
    return `${what}${this.nLabels++}`;
  }

  target(s, which) {
    for (let i = this.labels.length - 1; i >= 0; i--) {
      const l = this.labels[i];
      if (l[which] === undefined) continue;
      if (s.label === undefined ? !l.isBlock : l.name === s.label.text) return l[which];
    }
    return unsupported(s, 'label');
  }

  returning(value, node) {
    if (value.t === 'never') return value.ref;
    if (this.result === 'void' || this.result === 'never') {
      if (value.t === 'void') return this.block([value.ref, this.m.return()]);
      return this.block([this.m.drop(this.value(value, node)), this.m.return()]);
    }
    return this.m.return(this.convert(value, this.result, node));
  }

  thrown(s) {
    const call = this.unit.outline(this, s, 'never');
    return this.block([call, this.m.unreachable()]);
  }

  declare(d) {
    const { checker } = this.p;
    if (ts.isObjectBindingPattern(d.name)) {
      const from = this.expr(d.initializer);
      const refs = [];
      for (const e of d.name.elements) {
        if (e.propertyName !== undefined && !ts.isIdentifier(e.propertyName)) unsupported(d, 'pattern');
        const symbol = checker.getSymbolAtLocation(e.name);
        const v = this.property(from, (e.propertyName ?? e.name).text, e, checker.getTypeAtLocation(e));
        refs.push(...this.bind(symbol, v, undefined, e));
      }
      return refs;
    }
    const symbol = checker.getSymbolAtLocation(d.name);
    const declared = this.p.typeOf(checker.getTypeAtLocation(d.name), d.type);
    if (d.initializer === undefined) {
      if (declared !== 'i32' && declared !== 'f64') return unsupported(d, 'declaration');
      // a declaration in a loop makes the variable anew
      const local = this.newLocal(symbol, declared);
      return [this.m.local.set(local.index, declared === 'f64' ? this.m.f64.const(0) : this.m.i32.const(0))];
    }
    if (declared === undefined || typeof declared === 'object') {
      if ((d.parent.flags & ts.NodeFlags.Const) === 0) return unsupported(d, 'object variable');
      let v;
      try {
        v = this.expr(d.initializer);
      } catch (e) {
        if (!(e instanceof Unsupported)) throw e;
        // an object that only JavaScript knows: what is done with it is outlined, and finds it anew each time
        if (!this.isStable(d.initializer)) throw e;
        const values = new Map();
        v = { k: 'js', text: `(${this.unit.textOf(this, d.initializer, values)})`, values };
      }
      return this.bind(symbol, v, undefined, d);
    }
    const scale = declared === 'i32' ? this.scaleOf(d, symbol) : 0;
    if (scale !== 0) {
      const local = this.newLocal(symbol, 'i32', scale);
      return [this.m.local.set(local.index, this.scaled(d.initializer, scale))];
    }
    return this.bind(symbol, this.expr(d.initializer), declared, d);
  }

  /**
   * How many bits a variable is kept shifted to the left: as many as it is when it is an index, as long as it is one more often than
   * not. Such are named by the unit, and constants that begin as an address, shifted to the right.
   */
  scaleOf(d, symbol) {
    const named = this.unit.indexes.get(this.decl.name?.text)?.[d.name.getText()];
    if (named !== undefined) return named;
    let e = d.initializer;
    while (ts.isParenthesizedExpression(e) || ts.isAsExpression(e)) e = e.expression;
    if ((d.parent.flags & ts.NodeFlags.Const) === 0 || !ts.isBinaryExpression(e)) return 0;
    if (e.operatorToken.kind !== K.GreaterThanGreaterThanToken) return 0;
    const scale = this.p.constant(e.right);
    let [indexes, others] = [0, 0];
    const visit = (n, shift) => {
      if (ts.isIdentifier(n) && n !== d.name && this.p.symbol(n) === symbol) {
        if (shift === scale) indexes++;
        else others++;
      }
      if (!ts.isElementAccessExpression(n)) return ts.forEachChild(n, (c) => visit(c, shift));
      visit(n.expression, shift);
      visit(n.argumentExpression, SHIFT[/\w+$/.exec(n.expression.getText())?.[0]]);
    };
    visit(this.decl.body, undefined);
    return indexes > others ? scale : 0;
  }

  /** A variable that is kept shifted by `scale`, if an expression is one. */
  scaledLocal(node, scale) {
    if (!ts.isIdentifier(node)) return undefined;
    const s = this.symbols.get(this.p.symbol(node));
    return s?.k === 'local' && s.scale === scale ? s : undefined;
  }

  /** Whether {@link scaled} saves a shift in an expression. */
  isScalable(node, scale) {
    let n = node;
    while (ts.isParenthesizedExpression(n) || ts.isAsExpression(n)) n = n.expression;
    if (!ts.isBinaryExpression(n)) return this.p.constant(n) !== undefined || this.scaledLocal(n, scale) !== undefined;
    const k = n.operatorToken.kind;
    if (k === K.PlusToken || k === K.MinusToken)
      return this.isScalable(n.left, scale) || this.isScalable(n.right, scale);
    return k === K.GreaterThanGreaterThanToken && this.p.constant(n.right) === scale;
  }

  /** The value of an expression, shifted to the left. */
  scaled(node, scale) {
    const { m } = this;
    let n = node;
    while (ts.isParenthesizedExpression(n) || ts.isAsExpression(n)) n = n.expression;
    const known = this.p.constant(n);
    if (known !== undefined) return m.i32.const(known << scale);
    const local = this.scaledLocal(n, scale);
    if (local !== undefined) return m.local.get(local.index, I32);
    if (ts.isBinaryExpression(n) && this.isScalable(n, scale)) {
      const k = n.operatorToken.kind;
      if (k === K.PlusToken) return m.i32.add(this.scaled(n.left, scale), this.scaled(n.right, scale));
      if (k === K.MinusToken) return m.i32.sub(this.scaled(n.left, scale), this.scaled(n.right, scale));
      return m.i32.and(this.i32(n.left), m.i32.const(-1 << scale));
    }
    if (ts.isPrefixUnaryExpression(n) || ts.isPostfixUnaryExpression(n)) {
      const stepped = this.scaledLocal(n.operand, scale);
      const by = (n.operator === K.PlusPlusToken ? 1 : n.operator === K.MinusMinusToken ? -1 : 0) << scale;
      if (stepped !== undefined && by !== 0) {
        const next = m.i32.add(m.local.get(stepped.index, I32), m.i32.const(by));
        const after = m.local.tee(stepped.index, next, I32);
        return ts.isPrefixUnaryExpression(n) ? after : m.i32.sub(after, m.i32.const(by));
      }
    }
    return m.i32.shl(this.i32(n), m.i32.const(scale));
  }

  /** The value of a variable. */
  read({ index, t, scale }) {
    const ref = this.m.local.get(index, wasmType(t));
    return { t, ref: scale === 0 ? ref : this.m.i32.shr_s(ref, this.m.i32.const(scale)) };
  }

  /** Whether an expression means the same object wherever its variable is used: a path or one of FINDERS, of variables that never change. */
  isStable(node) {
    if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return this.isStable(node.expression);
    if (ts.isPropertyAccessExpression(node)) return this.isStable(node.expression);
    if (ts.isElementAccessExpression(node))
      return this.isStable(node.expression) && this.isStable(node.argumentExpression);
    if (ts.isCallExpression(node)) {
      const name = ts.isPropertyAccessExpression(node.expression)
        ? node.expression.name.text
        : node.expression.getText();
      return FINDERS.has(name) && node.arguments.every((a) => this.isStable(a));
    }
    if (ts.isBinaryExpression(node)) return this.isStable(node.left) && this.isStable(node.right);
    if (ts.isIdentifier(node)) return !this.assigned().has(this.p.symbol(node));
    return ts.isNumericLiteral(node) || node.kind === K.ThisKeyword;
  }

  /** The variables that the function assigns. */
  assigned() {
    if (this.assignedSymbols !== undefined) return this.assignedSymbols;
    const found = new Set();
    const visit = (n) => {
      if (
        ts.isBinaryExpression(n) &&
        n.operatorToken.kind >= K.FirstAssignment &&
        n.operatorToken.kind <= K.LastAssignment
      )
        found.add(this.p.symbol(n.left));
      if (ts.isPrefixUnaryExpression(n) || ts.isPostfixUnaryExpression(n)) {
        if (n.operator === K.PlusPlusToken || n.operator === K.MinusMinusToken) found.add(this.p.symbol(n.operand));
      }
      ts.forEachChild(n, visit);
    };
    visit(this.decl.body);
    this.assignedSymbols = found;
    return found;
  }

  bind(symbol, v, declared, node) {
    if (v.k !== undefined) {
      this.symbols.set(symbol, v);
      return [];
    }
    if (v.t === 'never') return [v.ref];
    const t = declared === 'f64' ? 'f64' : v.t;
    if (t !== 'i32' && t !== 'f64') return unsupported(node, 'variable');
    const local = this.newLocal(symbol, t);
    return [this.m.local.set(local.index, this.convert(v, t, node))];
  }

  newLocal(symbol, t, scale = 0) {
    const known = symbol === undefined ? undefined : this.symbols.get(symbol);
    if (known !== undefined) return known;
    const local = { k: 'local', index: this.nParams + this.vars.length, t, scale };
    this.vars.push(wasmType(t));
    if (symbol !== undefined) this.symbols.set(symbol, local);
    return local;
  }

  temp(t) {
    return this.newLocal(undefined, t).index;
  }

  loop(s, initializer, condition, incrementor, body, last) {
    const refs = [];
    if (initializer !== undefined) {
      if (ts.isVariableDeclarationList(initializer))
        for (const d of initializer.declarations) refs.push(...this.declare(d));
      else refs.push(this.effect(initializer));
    }
    const brk = this.label('brk');
    const top = this.label('top');
    const cont = this.label('cont');
    const name = ts.isLabeledStatement(s.parent) ? s.parent.label.text : undefined;
    this.labels.push({ name, brk, cont });
    const inner = this.m.block(cont, [this.one(body)], NONE);
    this.labels.pop();
    const parts = [];
    const always = condition === undefined || this.p.constant(condition) === 1;
    if (!always && !last) parts.push(this.m.br(brk, this.m.i32.eqz(this.condition(condition))));
    parts.push(inner);
    if (incrementor !== undefined) parts.push(this.effect(incrementor));
    parts.push(last && !always ? this.m.br(top, this.condition(condition)) : this.m.br(top));
    refs.push(this.m.block(brk, [this.m.loop(top, this.block(parts))], NONE));
    return refs;
  }

  switch(s) {
    const clauses = s.caseBlock.clauses;
    const brk = this.label('brk');
    const on = this.value(this.expr(s.expression), s.expression, 'i32');
    const names = clauses.map(() => this.label('case'));
    // clauses without statements are their successor
    for (let i = clauses.length - 2; i >= 0; i--) if (clauses[i].statements.length === 0) names[i] = names[i + 1];
    const values = new Map();
    let otherwise = brk;
    clauses.forEach((c, i) => {
      if (ts.isDefaultClause(c)) {
        otherwise = names[i];
        return;
      }
      const v = this.p.constant(c.expression);
      if (v === undefined) unsupported(c, 'case');
      if (!values.has(v)) values.set(v, names[i]);
    });
    const keys = [...values.keys()];
    const min = Math.min(...keys);
    const span = Math.max(...keys) - min + 1;
    let body;
    if (span <= 300 && span <= keys.length * 12) {
      const table = [];
      for (let i = 0; i < span; i++) table.push(values.get(min + i) ?? otherwise);
      const index = min === 0 ? on : this.m.i32.sub(on, this.m.i32.const(min));
      body = [this.m.switch(table, otherwise, index)];
    } else {
      const t = this.temp('i32');
      body = [this.m.local.set(t, on)];
      for (const [v, name] of values)
        body.push(this.m.br(name, this.m.i32.eq(this.m.local.get(t, I32), this.m.i32.const(v))));
      body.push(this.m.br(otherwise));
    }
    this.labels.push({ brk });
    clauses.forEach((c, i) => {
      if (i + 1 < clauses.length && names[i] === names[i + 1]) return;
      body = [this.m.block(names[i], body, NONE), ...this.statements(c.statements)];
    });
    this.labels.pop();
    return [this.m.block(brk, body, NONE)];
  }

  /**
   * The only form there is: `catch (e)` whose last statement passes the exception on, `if (!recover(vm, e, …)) …`. JavaScript does that around
   * the call of this function: the numbers it needs are noted, and the exception goes on.
   */
  try(s) {
    if (s.finallyBlock !== undefined) return unsupported(s, 'finally');
    const statements = s.catchClause.block.statements;
    const last = statements[statements.length - 1];
    const call =
      ts.isIfStatement(last) && ts.isPrefixUnaryExpression(last.expression) ? last.expression.operand : undefined;
    if (call === undefined || !ts.isCallExpression(call) || call.expression.getText() !== 'recover')
      return unsupported(s, 'try');
    const body = this.statements(s.tryBlock.statements);
    const name = this.label('try');
    const noted = call.arguments.slice(2).map((a) => this.value(this.expr(a), a, 'i32'));
    const caught = [
      ...this.statements(statements.slice(0, -1)),
      this.unit.callImport(
        'recover.note',
        `(...values) => { vm.caught = values; }`,
        noted,
        noted.map(() => I32),
        NONE,
      ),
      this.m.rethrow(name),
    ];
    return [this.m.try(name, this.block(body), [], [this.block(caught)])];
  }

  // ---- expressions

  /** A value's reference, as `t` if that is given. */
  value(v, node, t) {
    if (v.k !== undefined) return unsupported(node, 'an object as a value');
    if (v.t === 'void') return unsupported(node, 'no value');
    return t === undefined || v.t === 'never' ? v.ref : this.convert(v, t, node);
  }

  convert(v, t, node) {
    if (v.k !== undefined || v.t === 'void') return unsupported(node, 'no number');
    if (v.t === t || v.t === 'never') return v.ref;
    if (t === 'f64') return this.m.f64.convert_s.i32(v.ref);
    return unsupported(node, 'a double as an integer');
  }

  i32(node) {
    return this.value(this.expr(node), node, 'i32');
  }

  condition(node) {
    const v = this.expr(node);
    if (v.t === 'f64') return unsupported(node, 'a double as a condition');
    return this.value(v, node, 'i32');
  }

  /** For what it does. */
  effect(node) {
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === K.EqualsToken) return this.assign(node, false).ref;
    const v = this.expr(node);
    if (v.k !== undefined) return this.m.nop();
    return v.t === 'void' || v.t === 'never' ? v.ref : this.m.drop(v.ref);
  }

  expr(node) {
    try {
      return this.direct(node);
    } catch (e) {
      if (!(e instanceof Unsupported)) throw e;
      const v = this.outlined(node);
      if (v === undefined) throw e;
      return v;
    }
  }

  outlined(node) {
    if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isIdentifier(node)) return undefined;
    const { checker } = this.p;
    let t = this.p.typeOf(checker.getTypeAtLocation(node));
    if (ts.isCallExpression(node)) {
      const decl = checker.getResolvedSignature(node)?.declaration;
      if (decl?.type !== undefined && this.p.typeOf(checker.getTypeAtLocation(node), decl.type) === 'f64') t = 'f64';
    }
    if (t === undefined || typeof t === 'object') return undefined;
    // arithmetic may have a result that is no integer
    if (t === 'i32' && ts.isBinaryExpression(node) && ARITHMETIC.has(node.operatorToken.kind)) return undefined;
    try {
      const ref = this.unit.outline(this, node, t);
      if (t === 'never') return { t, ref: this.block([ref, this.m.unreachable()]) };
      return { t, ref };
    } catch (e) {
      if (e instanceof Unsupported) return undefined;
      throw e;
    }
  }

  direct(node) {
    const { m } = this;
    const known = this.p.constant(node);
    if (known !== undefined) {
      if (Number.isInteger(known) && known >= -0x80000000 && known <= 0xffffffff)
        return { t: 'i32', ref: m.i32.const(known | 0) };
      return { t: 'f64', ref: m.f64.const(known) };
    }
    switch (node.kind) {
      case K.ParenthesizedExpression:
      case K.AsExpression:
      case K.NonNullExpression:
      case K.SatisfiesExpression:
        return this.expr(node.expression);
      case K.Identifier:
        return this.identifier(node);
      case K.ThisKeyword:
        return this.self ?? unsupported(node, 'this');
      case K.PropertyAccessExpression: {
        if (node.questionDotToken !== undefined) return unsupported(node, 'optional');
        return this.property(this.expr(node.expression), node.name.text, node, this.p.checker.getTypeAtLocation(node));
      }
      case K.ElementAccessExpression: {
        const table = this.expr(node.expression);
        if (table.k === 'table') return this.unit.lookUp(table, this.i32(node.argumentExpression));
        const { array, offset, ptr } = this.element(node);
        return this.load(array.elem, offset, ptr);
      }
      case K.CallExpression:
        return this.call(node);
      case K.ConditionalExpression: {
        const cond = this.condition(node.condition);
        const a = this.expr(node.whenTrue);
        const b = this.expr(node.whenFalse);
        if (a.k !== undefined || b.k !== undefined || a.t === 'void' || b.t === 'void')
          return unsupported(node, 'conditional');
        const t = a.t === 'f64' || b.t === 'f64' ? 'f64' : 'i32';
        return { t, ref: m.if(cond, this.convert(a, t, node), this.convert(b, t, node)) };
      }
      case K.PrefixUnaryExpression:
        return this.prefix(node);
      case K.PostfixUnaryExpression:
        return this.step(node, node.operator === K.PlusPlusToken ? 1 : -1, true);
      case K.BinaryExpression:
        return this.binary(node);
      default:
        return unsupported(node, 'expression');
    }
  }

  identifier(node) {
    const symbol = this.p.symbol(node);
    const s = this.symbols.get(symbol);
    if (s !== undefined) {
      if (s.k === 'local') return this.read(s);
      return s;
    }
    const d = symbol?.valueDeclaration;
    if (
      d !== undefined &&
      ts.isVariableDeclaration(d) &&
      ts.isSourceFile(d.parent.parent.parent) &&
      !d.getSourceFile().isDeclarationFile
    ) {
      if (isModuleConst(d)) {
        const values = this.tableOf(d);
        if (values !== undefined) return { k: 'table', values, name: d.name.text };
        if (this.p.typeOf(this.p.checker.getTypeAtLocation(d)) === undefined)
          return { k: 'module', decl: d, name: d.name.text };
        return unsupported(node, 'a module constant');
      }
      return this.unit.moduleVariable(d, d.name.text);
    }
    return unsupported(node, 'name');
  }

  /** The numbers of a constant array of numbers. */
  tableOf(d) {
    const e = d.initializer;
    if (e === undefined || !ts.isArrayLiteralExpression(e)) return undefined;
    const values = e.elements.map((x) => this.p.constant(x));
    return values.some((v) => v === undefined) ? undefined : values;
  }

  /** Property `name` of an entity. */
  property(of, name, node, type) {
    if (of.k === 'module') {
      const init = of.decl.initializer;
      if (init === undefined || !ts.isObjectLiteralExpression(init) || this.p.typeOf(type) !== 'i32')
        return unsupported(node, 'module object');
      return this.unit.moduleVariable(of.decl, `${of.name}.${name}`);
    }
    if (of.k === 'table' && name === 'length') return { t: 'i32', ref: this.m.i32.const(of.values.length) };
    if (of.k === 'array' && name === 'length' && of.path !== undefined) return this.unit.constant(`${of.path}.length`);
    if (of.k !== 'obj' && of.k !== 'fixed') return unsupported(node, 'property');
    const path = `${of.path}.${name}`;
    const member = of.type.getProperty(name)?.valueDeclaration;
    if (member === undefined) return unsupported(node, 'member');
    if (ts.isGetAccessor(member)) {
      const t = this.p.typeOf(type, member.type);
      if (t !== 'i32' && t !== 'f64') return unsupported(node, 'accessor');
      return this.unit.call(member, of, []) ?? unsupported(node, 'accessor');
    }
    const t = this.p.typeOf(type, member.type);
    const readonly = (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Readonly) !== 0;
    if (t === undefined) return readonly ? { k: 'fixed', path, type } : unsupported(node, 'member');
    if (typeof t === 'object') {
      if (t.k === 'array') {
        const known = this.unit.arrays.get(path);
        if (known === undefined) return unsupported(node, 'array');
        return { ...t, path, base: known };
      }
      return { ...t, type };
    }
    if (!readonly) return unsupported(node, 'a field that changes');
    if (t === 'f64') return unsupported(node, 'a double');
    return this.unit.constant(path);
  }

  call(node) {
    const { m } = this;
    if (node.questionDotToken !== undefined) return unsupported(node, 'optional');
    const callee = node.expression;
    if (ts.isPropertyAccessExpression(callee)) {
      const name = callee.name.text;
      if (callee.expression.getText() === 'Math') return this.math(name, node);
      const symbol = this.p.symbol(callee);
      const decl = symbol?.valueDeclaration;
      if (decl !== undefined && ts.isFunctionDeclaration(decl)) return this.callFunction(node, decl, undefined);
      const of = this.expr(callee.expression);
      if (of.k === 'array' && of.base !== undefined) return this.arrayCall(of, name, node);
      if (name === 'addrOf' && of.k === 'obj') return this.addressOf(node);
      if (of.k === 'obj' && decl !== undefined && ts.isMethodDeclaration(decl))
        return this.callFunction(node, decl, of);
      return unsupported(node, 'call');
    }
    const native = this.nativeOf(callee);
    if (native !== undefined) return this.callNative(node, native);
    if (!ts.isIdentifier(callee)) return unsupported(node, 'call');
    const intrinsic = INTRINSICS[callee.text];
    if (intrinsic !== undefined) return intrinsic(this, m, node.arguments);
    const decl = this.p.symbol(callee)?.valueDeclaration;
    if (decl === undefined || !ts.isFunctionDeclaration(decl)) return unsupported(node, 'call');
    return this.callFunction(node, decl, undefined);
  }

  /** `vm.addrOf()` of a definition: the same for the board's whole life, if its image has it; otherwise JavaScript raises. */
  addressOf(node) {
    const values = new Map();
    const text = this.unit.textOf(this, node.arguments[0], values);
    const otherwise = this.outlined(node);
    if (values.size > 0 || otherwise === undefined) return unsupported(node, 'address');
    const known = () => this.unit.constant(`(vm.image.addrs.get(${text}) ?? 0)`).ref;
    return { t: 'i32', ref: this.m.if(known(), known(), otherwise.ref) };
  }

  /** The number of the native in `(vm.fns[number] as Type)`, an expression; undefined for other expressions. */
  nativeOf(callee) {
    let e = callee;
    while (ts.isParenthesizedExpression(e) || ts.isAsExpression(e)) e = e.expression;
    if (
      !ts.isElementAccessExpression(e) ||
      !ts.isPropertyAccessExpression(e.expression) ||
      e.expression.name.text !== 'fns'
    )
      return undefined;
    return e.argumentExpression;
  }

  /** Natives that are here are called through the table, others by JavaScript. */
  callNative(node, number) {
    const { m } = this;
    const n = this.temp('i32');
    const get = (i) => m.local.get(i, I32);
    const refs = [m.local.set(n, this.i32(number))];
    const args = node.arguments.slice(1).map((a) => {
      const t = this.temp('i32');
      refs.push(m.local.set(t, this.i32(a)));
      return t;
    });
    const types = args.map(() => I32);
    const entry = this.temp('i32');
    const at = m.i32.add(m.i32.shl(get(n), m.i32.const(2)), this.unit.constant('vm.fastFns.byteOffset').ref);
    const names = args.map((_, i) => `a${i}`);
    const call = this.unit.callImport(
      `native of ${args.length}`,
      `(${['n', ...names].join(', ')}) => vm.fns[n](${['vm', ...names].join(', ')})`,
      [get(n), ...args.map(get)],
      [I32, ...types],
      I32,
    );
    refs.push(
      m.if(
        m.local.tee(entry, m.i32.load(0, 4, at), I32),
        m.call_indirect('natives', get(entry), args.map(get), binaryen.createType(types), I32),
        call,
      ),
    );
    return { t: 'i32', ref: m.block(null, refs, I32) };
  }

  callFunction(node, decl, self) {
    const signature = this.p.signature(decl);
    if (signature === undefined || decl.body === undefined) return unsupported(node, 'signature');
    const args = [];
    signature.params.forEach(({ type, decl: param }, i) => {
      const given = node.arguments[i] ?? param.initializer;
      if (given === undefined) return unsupported(node, 'argument');
      const v = this.expr(given);
      if (typeof type === 'object') {
        if (
          v.k !== type.k ||
          (v.k === 'array' && (v.elem !== type.elem || v.base !== 0)) ||
          (v.k === 'obj' && v.path !== type.path)
        )
          return unsupported(node, 'an object as argument');
        return undefined;
      }
      args.push(this.convert(v, type, given));
      return undefined;
    });
    return this.unit.call(decl, self, args) ?? unsupported(node, 'function');
  }

  arrayCall(of, name, node) {
    const { m } = this;
    const shift = SHIFT[of.elem];
    const at = (v) => {
      const r = shift === 0 ? v : m.i32.shl(v, m.i32.const(shift));
      return of.base === 0 ? r : m.i32.add(r, this.baseOf(of));
    };
    if (name === 'fill' && node.arguments.length === 3 && this.p.constant(node.arguments[0]) === 0) {
      const from = this.temp('i32');
      const to = this.temp('i32');
      const get = (i) => m.local.get(i, I32);
      return {
        t: 'void',
        ref: this.block([
          m.local.set(from, this.i32(node.arguments[1])),
          m.local.set(to, this.i32(node.arguments[2])),
          m.if(
            m.i32.gt_s(get(to), get(from)),
            m.memory.fill(at(get(from)), m.i32.const(0), m.i32.shl(m.i32.sub(get(to), get(from)), m.i32.const(shift))),
          ),
        ]),
      };
    }
    if (name === 'copyWithin' && node.arguments.length === 3) {
      const to = this.temp('i32');
      const from = this.temp('i32');
      const end = this.temp('i32');
      const get = (i) => m.local.get(i, I32);
      return {
        t: 'void',
        ref: this.block([
          m.local.set(to, this.i32(node.arguments[0])),
          m.local.set(from, this.i32(node.arguments[1])),
          m.local.set(end, this.i32(node.arguments[2])),
          m.if(
            m.i32.gt_s(get(end), get(from)),
            m.memory.copy(at(get(to)), at(get(from)), m.i32.shl(m.i32.sub(get(end), get(from)), m.i32.const(shift))),
          ),
        ]),
      };
    }
    return unsupported(node, 'method of an array');
  }

  math(name, node) {
    const { m } = this;
    const [a, b] = node.arguments;
    switch (name) {
      case 'clz32':
        return { t: 'i32', ref: m.i32.clz(this.i32(a)) };
      case 'imul':
        return { t: 'i32', ref: m.i32.mul(this.i32(a), this.i32(b)) };
      case 'min':
      case 'max': {
        const x = this.temp('i32');
        const y = this.temp('i32');
        const get = (i) => m.local.get(i, I32);
        const set = [m.local.set(x, this.i32(a)), m.local.set(y, this.i32(b))];
        const less = name === 'min' ? m.i32.lt_s(get(x), get(y)) : m.i32.gt_s(get(x), get(y));
        return { t: 'i32', ref: m.block(null, [...set, m.select(less, get(x), get(y))], I32) };
      }
      case 'floor':
        return { t: 'f64', ref: m.f64.floor(this.value(this.expr(a), a, 'f64')) };
      case 'sqrt':
        return { t: 'f64', ref: m.f64.sqrt(this.value(this.expr(a), a, 'f64')) };
      case 'abs': {
        const v = this.expr(a);
        if (v.t === 'f64') return { t: 'f64', ref: m.f64.abs(v.ref) };
        return unsupported(node, 'Math');
      }
      default:
        return unsupported(node, 'Math');
    }
  }

  // ---- elements and assignment

  baseOf(array) {
    return typeof array.base === 'number' ? this.m.i32.const(array.base) : this.unit.constant(array.base).ref;
  }

  /** The array of an element access, and where the element is: address and constant offset. */
  element(node) {
    const array = this.expr(node.expression);
    if (array.k !== 'array' || array.base === undefined) return unsupported(node, 'element');
    const shift = SHIFT[array.elem];
    let index = node.argumentExpression;
    let offset = 0;
    for (;;) {
      while (ts.isParenthesizedExpression(index) || ts.isAsExpression(index)) index = index.expression;
      if (!ts.isBinaryExpression(index) || index.operatorToken.kind !== K.PlusToken) break;
      const c = this.p.constant(index.right);
      if (c === undefined || c < 0) break;
      offset += c << shift;
      index = index.left;
    }
    const constant = this.p.constant(index);
    if (constant !== undefined && constant >= 0 && array.base === 0)
      return { array, offset: offset + (constant << shift), ptr: this.m.i32.const(0) };
    let ptr = shift === 0 ? this.i32(index) : this.scaled(index, shift);
    if (typeof array.base === 'number') offset += array.base;
    else ptr = this.m.i32.add(ptr, this.baseOf(array));
    return { array, offset, ptr };
  }

  load(elem, offset, ptr) {
    const { m } = this;
    switch (elem) {
      case 'i32': {
        const ref = m.i32.load(offset, 4, ptr);
        // for Binaryen, which makes one load of this and of a widening without sign, and keeps the sign that a load of 32 bits does not have
        binaryen.Load.setSigned(ref, false);
        return { t: 'i32', ref };
      }
      case 'u16':
        return { t: 'i32', ref: m.i32.load16_u(offset, 2, ptr) };
      case 'i16':
        return { t: 'i32', ref: m.i32.load16_s(offset, 2, ptr) };
      case 'u8':
        return { t: 'i32', ref: m.i32.load8_u(offset, 1, ptr) };
      case 'i8':
        return { t: 'i32', ref: m.i32.load8_s(offset, 1, ptr) };
      case 'f64':
        return { t: 'f64', ref: m.f64.load(offset, 8, ptr) };
      default:
        throw new Unsupported(`elements of type ${elem}`);
    }
  }

  store(elem, offset, ptr, v, node) {
    const { m } = this;
    switch (elem) {
      case 'i32':
        return m.i32.store(offset, 4, ptr, this.convert(v, 'i32', node));
      case 'u16':
      case 'i16':
        return m.i32.store16(offset, 2, ptr, this.convert(v, 'i32', node));
      case 'u8':
      case 'i8':
        return m.i32.store8(offset, 1, ptr, this.convert(v, 'i32', node));
      case 'f64':
        return m.f64.store(offset, 8, ptr, this.convert(v, 'f64', node));
      default:
        throw new Unsupported(`elements of type ${elem}`);
    }
  }

  /** Stores what `make` answers, given what is there (or undefined when that is not needed). `want`: the value is used. */
  write(target, make, reads, want, node) {
    const { m } = this;
    while (ts.isParenthesizedExpression(target) || ts.isAsExpression(target)) target = target.expression;
    if (ts.isIdentifier(target)) {
      const s = this.symbols.get(this.p.symbol(target));
      if (s === undefined) {
        const d = this.p.symbol(target)?.valueDeclaration;
        if (d === undefined || !ts.isVariableDeclaration(d)) return unsupported(node, 'target');
        return this.writeModule(this.unit.moduleVariable(d, d.name.text), make, reads, want, node);
      }
      if (s.k !== 'local') return unsupported(node, 'target');
      let v = this.convert(make(reads ? this.read(s) : undefined), s.t, node);
      if (s.scale !== 0) {
        v = m.i32.shl(v, m.i32.const(s.scale));
        const set = m.local.set(s.index, v);
        return want ? { t: 'i32', ref: m.block(null, [set, this.read(s).ref], I32) } : { t: 'void', ref: set };
      }
      return want
        ? { t: s.t, ref: m.local.tee(s.index, v, wasmType(s.t)) }
        : { t: 'void', ref: m.local.set(s.index, v) };
    }
    if (ts.isElementAccessExpression(target)) {
      const { array, offset, ptr } = this.element(target);
      if (!reads && !want) return { t: 'void', ref: this.store(array.elem, offset, ptr, make(undefined), node) };
      const at = this.temp('i32');
      const t = array.elem === 'f64' ? 'f64' : 'i32';
      const tmp = this.temp(t);
      const refs = [m.local.set(at, ptr)];
      const v = make(reads ? this.load(array.elem, offset, m.local.get(at, I32)) : undefined);
      refs.push(m.local.set(tmp, this.convert(v, t, node)));
      refs.push(this.store(array.elem, offset, m.local.get(at, I32), { t, ref: m.local.get(tmp, wasmType(t)) }, node));
      if (!want) return { t: 'void', ref: this.block(refs) };
      if (array.elem !== 'i32' && array.elem !== 'f64') return unsupported(node, 'the value of a narrow store');
      return { t, ref: m.block(null, [...refs, m.local.get(tmp, wasmType(t))], wasmType(t)) };
    }
    if (ts.isPropertyAccessExpression(target)) {
      const of = this.expr(target.expression);
      if (of.k === 'module')
        return this.writeModule(
          this.property(of, target.name.text, target, this.p.checker.getTypeAtLocation(target)),
          make,
          reads,
          want,
          node,
        );
      if (of.k !== 'obj') return unsupported(node, 'target');
      const decls = of.type.getProperty(target.name.text)?.declarations ?? [];
      const setter = decls.find(ts.isSetAccessor);
      if (setter === undefined) return unsupported(node, 'target');
      const old = reads ? this.expr(target) : undefined;
      const v = make(old);
      if (!want)
        return {
          t: 'void',
          ref: this.unit.call(setter, of, [
            this.convert(
              v,
              this.p.typeOf(this.p.checker.getTypeAtLocation(setter.parameters[0]), setter.parameters[0].type),
              node,
            ),
          ]).ref,
        };
      const tmp = this.temp('i32');
      const set = this.unit.call(setter, of, [m.local.get(tmp, I32)]).ref;
      return {
        t: 'i32',
        ref: m.block(null, [m.local.set(tmp, this.convert(v, 'i32', node)), set, m.local.get(tmp, I32)], I32),
      };
    }
    return unsupported(node, 'target');
  }

  writeModule(variable, make, reads, want, node) {
    const { m } = this;
    if (variable.global === undefined) return unsupported(node, 'target');
    const set = m.global.set(variable.global, this.convert(make(reads ? variable : undefined), 'i32', node));
    return want
      ? { t: 'i32', ref: m.block(null, [set, m.global.get(variable.global, I32)], I32) }
      : { t: 'void', ref: set };
  }

  assign(node, want) {
    const s = ts.isIdentifier(node.left) ? this.symbols.get(this.p.symbol(node.left)) : undefined;
    if (s?.k === 'local' && s.scale !== 0) {
      const set = this.m.local.set(s.index, this.scaled(node.right, s.scale));
      return want ? { t: 'i32', ref: this.m.block(null, [set, this.read(s).ref], I32) } : { t: 'void', ref: set };
    }
    return this.write(node.left, () => this.expr(node.right), false, want, node);
  }

  /** ++ and --. */
  step(node, by, after) {
    const { m } = this;
    const local = ts.isIdentifier(node.operand) ? this.symbols.get(this.p.symbol(node.operand)) : undefined;
    if (local?.k === 'local' && local.scale !== 0) {
      const ref = this.scaled(node, local.scale);
      return isUsed(node)
        ? { t: 'i32', ref: m.i32.shr_s(ref, m.i32.const(local.scale)) }
        : { t: 'void', ref: m.drop(ref) };
    }
    const add = (v) => {
      if (v.t === 'f64') return { t: 'f64', ref: m.f64.add(v.ref, m.f64.const(by)) };
      if (v.t !== 'i32') return unsupported(node, 'step');
      return { t: 'i32', ref: m.i32.add(v.ref, m.i32.const(by)) };
    };
    const used = isUsed(node);
    const v = this.write(node.operand, add, true, used, node);
    if (used && v.t !== 'i32') return unsupported(node, 'step');
    // what it was before
    return used && after ? { t: 'i32', ref: m.i32.sub(v.ref, m.i32.const(by)) } : v;
  }

  // ---- operators

  prefix(node) {
    const { m } = this;
    switch (node.operator) {
      case K.PlusPlusToken:
        return this.step(node, 1, false);
      case K.MinusMinusToken:
        return this.step(node, -1, false);
      case K.ExclamationToken:
        return { t: 'i32', ref: m.i32.eqz(this.condition(node.operand)) };
      case K.TildeToken:
        return { t: 'i32', ref: m.i32.xor(this.i32(node.operand), m.i32.const(-1)) };
      case K.MinusToken: {
        const v = this.expr(node.operand);
        if (v.t === 'f64') return { t: 'f64', ref: m.f64.neg(v.ref) };
        return { t: 'i32', ref: m.i32.sub(m.i32.const(0), this.value(v, node, 'i32')) };
      }
      default:
        return unsupported(node, 'operator');
    }
  }

  binary(node) {
    const { m } = this;
    const k = node.operatorToken.kind;
    if (k === K.EqualsToken) return this.assign(node, true);
    if (k === K.CommaToken && ts.isForStatement(node.parent))
      return { t: 'void', ref: this.block([this.effect(node.left), this.effect(node.right)]) };
    const op = ASSIGN.get(k);
    if (op !== undefined) {
      const used = isUsed(node);
      const local = ts.isIdentifier(node.left) ? this.symbols.get(this.p.symbol(node.left)) : undefined;
      if (local?.k === 'local' && local.scale !== 0 && !used && (op === K.PlusToken || op === K.MinusToken)) {
        const f = op === K.PlusToken ? m.i32.add : m.i32.sub;
        const sum = f(m.local.get(local.index, I32), this.scaled(node.right, local.scale));
        return { t: 'void', ref: m.local.set(local.index, sum) };
      }
      return this.write(node.left, (old) => this.operate(op, old, this.expr(node.right), node), true, used, node);
    }
    if (k === K.AmpersandAmpersandToken || k === K.BarBarToken) {
      const isAnd = k === K.AmpersandAmpersandToken;
      const isBoolean = (n) =>
        (this.p.checker.getTypeAtLocation(n).flags & ts.TypeFlags.BooleanLike) !== 0 ||
        this.p.checker.typeToString(this.p.checker.getTypeAtLocation(n)) === 'boolean';
      const a = this.condition(node.left);
      const b = this.condition(node.right);
      // the value itself is only that of a condition
      if (!isBoolean(node.left) && !isBoolean(node.right)) return unsupported(node, 'numbers');
      return { t: 'i32', ref: isAnd ? m.if(a, b, m.i32.const(0)) : m.if(a, m.i32.const(1), b) };
    }
    if (k === K.EqualsEqualsEqualsToken || k === K.ExclamationEqualsEqualsToken) {
      const same = this.identical(node.left, node.right);
      if (same !== undefined) return { t: 'i32', ref: m.i32.const(same === (k === K.EqualsEqualsEqualsToken) ? 1 : 0) };
    }
    if (k === K.BarToken && this.p.constant(node.right) === 0) {
      let left = node.left;
      while (ts.isParenthesizedExpression(left)) left = left.expression;
      if (ts.isBinaryExpression(left) && left.operatorToken.kind === K.SlashToken) {
        const a = this.expr(left.left);
        const b = this.expr(left.right);
        if (a.t === 'i32' && b.t === 'i32') return { t: 'i32', ref: this.divide(a.ref, b.ref, 'div_s') };
        return unsupported(node, 'division');
      }
    }
    if (k === K.LessThanLessThanToken) {
      const shift = this.p.constant(node.right);
      if (shift !== undefined && shift > 0 && shift < 4) return { t: 'i32', ref: this.scaled(node.left, shift) };
    }
    if (k === K.GreaterThanGreaterThanGreaterThanToken) {
      const shift = this.p.constant(node.right);
      if (shift === 0) return { t: 'u32', ref: this.i32(node.left) };
    }
    return this.operate(k, this.expr(node.left), this.expr(node.right), node);
  }

  /**
   * What a comparison of objects is in WebAssembly, where each object of which a board has one is there and each array that is a parameter is the
   * board's memory; undefined for other comparisons.
   */
  identical(left, right) {
    const { checker } = this.p;
    const kindOf = (n) => this.p.typeOf(checker.getNonNullableType(checker.getTypeAtLocation(n)))?.k;
    if (right.kind === K.NullKeyword) return kindOf(left) === 'obj' ? false : undefined;
    return kindOf(left) === 'array' && kindOf(right) === 'array' ? true : undefined;
  }

  /** JavaScript's quotient or remainder as an integer, where WebAssembly's instruction would trap. */
  divide(a, b, instruction) {
    const { m } = this;
    const x = this.temp('i32');
    const y = this.temp('i32');
    const get = (i) => m.local.get(i, I32);
    const minusOne = instruction === 'div_s' ? m.i32.sub(m.i32.const(0), get(x)) : m.i32.const(0);
    return m.block(
      null,
      [
        m.local.set(x, a),
        m.local.set(y, b),
        m.if(
          m.i32.gt_u(m.i32.add(get(y), m.i32.const(1)), m.i32.const(1)),
          m.i32[instruction](get(x), get(y)),
          m.if(get(y), minusOne, m.i32.const(0)),
        ),
      ],
      I32,
    );
  }

  operate(k, a, b, node) {
    const { m } = this;
    if (a.t === 'never') return a;
    if (a.k !== undefined || b.k !== undefined || a.t === 'void' || b.t === 'void')
      return unsupported(node, 'operands');
    if (a.t === 'f64' || b.t === 'f64') {
      const x = this.convert(a, 'f64', node);
      const y = this.convert(b, 'f64', node);
      const d = (ref) => ({ t: 'f64', ref });
      const c = (ref) => ({ t: 'i32', ref });
      switch (k) {
        case K.PlusToken:
          return d(m.f64.add(x, y));
        case K.MinusToken:
          return d(m.f64.sub(x, y));
        case K.AsteriskToken:
          return d(m.f64.mul(x, y));
        case K.SlashToken:
          return d(m.f64.div(x, y));
        case K.LessThanToken:
          return c(m.f64.lt(x, y));
        case K.GreaterThanToken:
          return c(m.f64.gt(x, y));
        case K.LessThanEqualsToken:
          return c(m.f64.le(x, y));
        case K.GreaterThanEqualsToken:
          return c(m.f64.ge(x, y));
        case K.EqualsEqualsEqualsToken:
          return c(m.f64.eq(x, y));
        case K.ExclamationEqualsEqualsToken:
          return c(m.f64.ne(x, y));
        default:
          return unsupported(node, 'operator of doubles');
      }
    }
    if (a.t === 'u32' || b.t === 'u32') {
      const f = UNSIGNED.get(k);
      if (f === undefined) return unsupported(node, 'operator of unsigned numbers');
      return { t: 'i32', ref: m.i32[f](a.ref, b.ref) };
    }
    if (k === K.SlashToken)
      return { t: 'f64', ref: m.f64.div(this.convert(a, 'f64', node), this.convert(b, 'f64', node)) };
    const x = this.convert(a, 'i32', node);
    const y = this.convert(b, 'i32', node);
    if (k === K.PercentToken) return { t: 'i32', ref: this.divide(x, y, 'rem_s') };
    const f = INTEGER.get(k);
    if (f === undefined) return unsupported(node, 'operator');
    return { t: 'i32', ref: m.i32[f](x, y) };
  }
}
