// The WebAssembly module under construction: its functions, what it imports, and the JavaScript that provides that.
import { relative } from 'node:path';
import binaryen from 'binaryen';
import ts from 'typescript';
import { FunctionCompiler } from './function.mjs';
import { isModuleConst, Unsupported } from './program.mjs';

const I32 = binaryen.i32;
const F64 = binaryen.f64;
const NONE = binaryen.none;
const wasmType = (t) => (t === 'f64' ? F64 : t === 'i32' ? I32 : NONE);

export class Unit {
  /**
   * `arrays`: where each array is, a number or the path of the global that says so. `may(file, name)`: whether a function is to be
   * compiled. `indexes`: by function, variables that are kept shifted to the left, as addresses, and by how much.
   */
  constructor(program, arrays, may, indexes = new Map()) {
    this.program = program;
    this.module = new binaryen.Module();
    this.module.setFeatures(
      binaryen.Features.MVP |
        binaryen.Features.ExceptionHandling |
        binaryen.Features.BulkMemory |
        binaryen.Features.BulkMemoryOpt |
        binaryen.Features.SignExt |
        binaryen.Features.MutableGlobals |
        binaryen.Features.NontrappingFPToInt,
    );
    this.module.setMemory(1, 65536, null, [], false, false, 'm');
    this.module.addMemoryImport('m', 'vm', 'memory', false);
    this.arrays = arrays;
    this.may = may;
    this.indexes = indexes;
    this.functions = new Map();
    /** Natives to be compiled: their names. */
    this.natives = [];
    this.work = [];
    this.imports = new Map();
    this.constants = new Map();
    this.tables = new Set();
    this.globals = new Map();
    /** Glue's imports: file → names. */
    this.needs = new Map();
    this.report = [];
    /** Functions that JavaScript must call for WebAssembly, and cannot. */
    this.missing = [];
  }

  className(decl) {
    return ts.isClassDeclaration(decl.parent) ? decl.parent.name.text : undefined;
  }

  nameOf(decl) {
    const cls = this.className(decl);
    const kind = ts.isGetAccessor(decl) ? 'get.' : ts.isSetAccessor(decl) ? 'set.' : '';
    const name = `${cls === undefined ? '' : `${cls}.`}${kind}${decl.name.text}`;
    if (this.functions.get(name) !== undefined && this.functions.get(name).decl !== decl)
      return `${decl.getSourceFile().fileName.replace(/.*\/|\.ts$/g, '')}.${name}`;
    return name;
  }

  signature(decl) {
    if (!ts.isSetAccessor(decl)) return this.program.signature(decl);
    const param = decl.parameters[0];
    return {
      params: [{ type: this.program.typeOf(this.program.checker.getTypeAtLocation(param), param.type), decl: param }],
      result: 'void',
    };
  }

  want(decl) {
    const f = { name: this.nameOf(decl), decl, self: undefined, signature: this.signature(decl), state: 'wanted' };
    this.functions.set(f.name, f);
    this.work.push(f);
  }

  /** A call of `decl` with values for its parameters that are numbers; undefined when JavaScript cannot be called for it either. */
  call(decl, self, args) {
    const name = this.nameOf(decl);
    let f = this.functions.get(name);
    if (f === undefined) {
      const signature = this.signature(decl);
      if (signature === undefined) return undefined;
      f = { name, decl, self, signature, state: 'wanted' };
      const file = decl.getSourceFile().fileName;
      if (!this.may(file, name) && !ts.isAccessor(decl)) {
        if (!this.isExported(decl)) return undefined;
        f.state = 'imported';
      }
      this.functions.set(name, f);
      this.work.push(f);
    }
    const { result } = f.signature;
    const ref = this.module.call(name, args, wasmType(result));
    if (result === 'never') return { t: 'never', ref: this.module.block(null, [ref, this.module.unreachable()]) };
    return { t: result, ref };
  }

  isExported(decl) {
    if (!ts.isFunctionDeclaration(decl)) return true;
    return (ts.getCombinedModifierFlags(decl) & ts.ModifierFlags.Export) !== 0;
  }

  /** Has a native compiled, which is no more than left out when it cannot be. */
  native(name, decl) {
    const signature = this.program.signature(decl);
    if (signature === undefined || signature.result !== 'i32') {
      this.report.push(`${name} stays in JavaScript: its signature`);
      return;
    }
    const known = [...this.functions.values()].find((f) => f.decl === decl);
    const f = known ?? { name: `native ${name}`, decl, self: undefined, signature, state: 'wanted', isNative: true };
    if (known === undefined) {
      this.functions.set(f.name, f);
      this.work.push(f);
    }
    this.natives.push({ name, f });
  }

  /** Compiles functions and all that they need. */
  run(decls) {
    for (const decl of decls) this.want(decl);
    while (this.work.length > 0) {
      const f = this.work.pop();
      if (f.state === 'imported') {
        this.importFunction(f);
        continue;
      }
      const before = this.work.length;
      try {
        const c = new FunctionCompiler(this, f.decl, f.self);
        const { params, result, vars, body } = c.compile(f.signature);
        this.module.addFunction(f.name, binaryen.createType(params), result, vars, body);
        f.state = 'compiled';
      } catch (e) {
        if (!(e instanceof Unsupported)) throw e;
        this.report.push(`${f.name} stays in JavaScript: ${e.message}`);
        this.work.length = before;
        for (const [n, g] of this.functions)
          if (g.state === 'wanted' && !this.work.includes(g) && g !== f) this.functions.delete(n);
        f.state = 'imported';
        if (!f.isNative) this.importFunction(f);
      }
    }
    this.natives = this.natives.filter(({ f }) => f.state === 'compiled');
    // entry 0 stands for those that are not here
    const entries = ['', ...this.natives.map(({ f }) => f.name)];
    entries[0] = [...this.functions.values()].find((f) => f.state === 'compiled').name;
    this.module.addTable('natives', entries.length, entries.length);
    this.module.addActiveElementSegment('natives', 'entries', entries, this.module.i32.const(0));
  }

  /** Variables of modules that WebAssembly has of its own, and a function that stays in JavaScript uses as well. */
  sharedVariables(decl) {
    const own = new Set(this.globals.values());
    const found = new Set();
    const visit = (n) => {
      if (ts.isIdentifier(n) && own.has(this.program.symbol(n)?.valueDeclaration)) found.add(n.text);
      if (!ts.isTypeNode(n)) ts.forEachChild(n, visit);
    };
    visit(decl.body);
    return found;
  }

  importFunction(f) {
    const { params, result } = f.signature;
    if (!this.isExported(f.decl))
      this.missing.push(`${f.decl.getSourceFile().fileName.replace(/.*packages\//, '')}: ${f.name}`);
    const names = [];
    const args = params.map(({ type }) => {
      if (typeof type === 'object') return type.k === 'obj' ? type.path : `vm.${type.elem}`;
      names.push(`a${names.length}`);
      return names[names.length - 1];
    });
    let callee;
    if (f.self !== undefined) callee = `${f.self.path}.${f.decl.name.text}`;
    else {
      this.need(f.decl);
      callee = f.decl.name.text;
    }
    const types = params.filter(({ type }) => typeof type === 'string').map(({ type }) => wasmType(type));
    this.module.addFunctionImport(f.name, 'f', String(this.imports.size), binaryen.createType(types), wasmType(result));
    this.imports.set(f.name, `(${names.join(', ')}) => ${callee}(${args.join(', ')})`);
  }

  need(decl) {
    const file = decl.getSourceFile().fileName;
    if (!this.needs.has(file)) this.needs.set(file, new Set());
    this.needs.get(file).add(decl.name.text);
  }

  callImport(name, text, args, types, result) {
    if (!this.imports.has(name)) {
      this.module.addFunctionImport(name, 'f', String(this.imports.size), binaryen.createType(types), result);
      this.imports.set(name, text);
    }
    return this.module.call(name, args, result);
  }

  /** A number of the board that never changes. */
  constant(path) {
    if (!this.constants.has(path)) {
      this.module.addGlobalImport(path, 'g', String(this.constants.size), I32, false);
      this.constants.set(path, path);
    }
    return { t: 'i32', ref: this.module.global.get(path, I32) };
  }

  /** A number of a module: constants that are not literals come from JavaScript, variables are WebAssembly's own. */
  moduleVariable(decl, path) {
    const file = decl.getSourceFile().fileName.replace(/.*\/|\.ts$/g, '');
    const name = `${file}:${path}`;
    if (!this.globals.has(name)) {
      this.module.addGlobal(name, I32, true, this.module.i32.const(0));
      this.globals.set(name, decl);
    }
    return { t: 'i32', ref: this.module.global.get(name, I32), global: name };
  }

  /** An element of a constant array: 0 outside of it. */
  lookUp({ name, values }, index) {
    const { module: m } = this;
    const f = `element of ${name}`;
    if (!this.tables.has(f)) {
      this.tables.add(f);
      const names = values.map((_, i) => `v${i}`);
      let body = [m.switch(names, 'none', m.local.get(0, I32))];
      values.forEach((v, i) => {
        body = [m.block(names[i], body, NONE), m.return(m.i32.const(v))];
      });
      m.addFunction(
        f,
        binaryen.createType([I32]),
        I32,
        [],
        m.block(null, [m.block('none', body, NONE), m.i32.const(0)], I32),
      );
    }
    return { t: 'i32', ref: m.call(f, [index], I32) };
  }

  // ---- what stays in JavaScript

  /** Calls an expression (or a throw statement) as JavaScript; what it uses of the function are numbers, handed over. */
  outline(c, node, t) {
    const values = new Map();
    const text = this.textOf(c, node, values);
    const params = [...values.keys()];
    const locals = [...values.values()];
    const f = ts.isThrowStatement(node) ? `{ ${text} }` : `(${text})`;
    const key = `(${params.join(', ')}) => ${f}`;
    const types = locals.map((l) => wasmType(l.t));
    const name = `${c.decl.name?.text ?? 'native'}: ${text.replace(/\s+/g, ' ').slice(0, 60)} #${key.length}.${params.length}.${hash(key)}`;
    const args = locals.map((l) => c.read(l).ref);
    return this.callImport(name, key, args, types, t === 'void' || t === 'never' ? NONE : wasmType(t));
  }

  /** The expression's text for the glue; `values` collects the locals that it needs, by name. */
  textOf(c, node, values = new Map()) {
    const edits = [];
    const source = node.getSourceFile();
    const { checker } = this.program;
    const visit = (n) => {
      if (ts.isTypeNode(n)) return;
      if (n.kind === ts.SyntaxKind.ThisKeyword) {
        if (c.self === undefined) throw new Unsupported('this');
        edits.push([n, c.self.path]);
        return;
      }
      if (ts.isPropertyAccessExpression(n)) {
        const v = checker.getConstantValue(n);
        if (typeof v === 'number') {
          edits.push([n, String(v)]);
          return;
        }
        visit(n.expression);
        return;
      }
      if (ts.isArrowFunction(n) || ts.isFunctionExpression(n)) throw new Unsupported('function');
      if (
        ts.isBinaryExpression(n) &&
        n.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
        n.operatorToken.kind <= ts.SyntaxKind.LastAssignment
      )
        this.mayWrite(c, n.left);
      if (
        (ts.isPrefixUnaryExpression(n) || ts.isPostfixUnaryExpression(n)) &&
        (n.operator === ts.SyntaxKind.PlusPlusToken || n.operator === ts.SyntaxKind.MinusMinusToken)
      )
        this.mayWrite(c, n.operand);
      if (ts.isIdentifier(n)) {
        const symbol = this.program.symbol(n);
        const known = c.symbols.get(symbol);
        if (known !== undefined) {
          if (known.k === 'local') values.set(n.text, known);
          else if (known.k === 'obj' || known.k === 'fixed') edits.push([n, known.path]);
          else if (known.k === 'js') {
            edits.push([n, known.text]);
            for (const [name, local] of known.values) values.set(name, local);
          } else if (known.k === 'array') edits.push([n, known.path ?? `vm.${known.elem}`]);
          else throw new Unsupported('entity');
          return;
        }
        const d = symbol?.valueDeclaration;
        if (d === undefined) {
          if (n.text === 'undefined') return;
          throw new Unsupported(`name ${n.text}`);
        }
        if (d.getSourceFile().isDeclarationFile) return;
        const top = ts.isVariableDeclaration(d) ? ts.isSourceFile(d.parent.parent.parent) : ts.isSourceFile(d.parent);
        if (!top) throw new Unsupported(`name ${n.text}`);
        if (ts.isVariableDeclaration(d) && isModuleConst(d)) {
          const v = this.program.constant(n);
          if (v !== undefined) {
            edits.push([n, String(v)]);
            return;
          }
          // WebAssembly has those of its own
          if (isNumbers(d)) throw new Unsupported(`variable ${n.text}`);
        } else if (ts.isVariableDeclaration(d)) throw new Unsupported(`variable ${n.text}`);
        if (!this.exports(d, n.text)) throw new Unsupported(`${n.text} is not exported`);
        this.need(d);
        return;
      }
      ts.forEachChild(n, visit);
    };
    visit(node);
    let text = node.getText();
    const start = node.getStart(source);
    for (const [n, by] of edits.reverse())
      text = text.slice(0, n.getStart(source) - start) + by + text.slice(n.getEnd() - start);
    return text;
  }

  exports(d, name) {
    if ((ts.getCombinedModifierFlags(d) & ts.ModifierFlags.Export) !== 0) return true;
    this.report.push(`${name} of ${d.getSourceFile().fileName.replace(/.*packages\//, '')} is not exported`);
    return false;
  }

  mayWrite(c, target) {
    const s = ts.isIdentifier(target) ? c.symbols.get(this.program.symbol(target)) : undefined;
    if (s !== undefined) throw new Unsupported('assigns a local');
  }

  /** The JavaScript that imports what the module needs of the rest. */
  glue(folder) {
    const lines = [];
    for (const [file, names] of [...this.needs].sort()) {
      let from = relative(folder, file).replace(/\.ts$/, '.js');
      const pkg = /packages\/([\w-]+)\/src\//.exec(file)?.[1];
      if (pkg !== undefined && pkg !== 'vm') from = `@tsmp/${pkg}`;
      lines.push(
        `import { ${[...names].sort().join(', ')} } from '${from.startsWith('@') ? from : from.startsWith('.') ? from : `./${from}`}';`,
      );
    }
    const f = [...this.imports.values()].map((text) => `      ${text},`);
    const g = [...this.constants.keys()].map((path) => `      Number(${path}),`);
    return `${lines.join('\n')}

/** The natives in WebAssembly, in the order of their table, from 1 on. */
export const NATIVES = ${JSON.stringify(this.natives.map(({ name }) => name))};

export function importsOf(vm) {
  return {
    f: [
${f.join('\n')}
    ],
    g: [
${g.join('\n')}
    ],
  };
}
`;
  }
}

/** Whether a variable is an object of numbers, each of which is a variable as it were. */
function isNumbers({ initializer }) {
  return (
    initializer !== undefined &&
    ts.isObjectLiteralExpression(initializer) &&
    initializer.properties.some((p) => ts.isPropertyAssignment(p) && ts.isNumericLiteral(p.initializer))
  );
}

function hash(text) {
  let h = 0;
  for (let i = 0; i < text.length; i++) h = (Math.imul(h, 31) + text.charCodeAt(i)) | 0;
  return (h >>> 0).toString(36);
}
