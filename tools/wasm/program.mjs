// The TypeScript side of tools/gen-wasm.mjs: what an expression of the interpreter's sources is to WebAssembly.
//
// In the sources that are compiled all numbers are 32-bit integers but those declared as Double; booleans are 0 and 1. Objects are never
// values: each class of which a board has one object (SINGLETONS) stands for that object, and what is read of it is known by its path from the
// Vm: `vm.heap.i32` is memory, `vm.ts` a constant of the board, `vm.heap.alloc` a function.
import ts from 'typescript';

/** Cannot be expressed in WebAssembly: the expression, or else the whole function, stays in JavaScript. */
export class Unsupported extends Error {}

export const unsupported = (node, why) => {
  const file = node.getSourceFile();
  const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
  throw new Unsupported(
    `${file.fileName.replace(/.*packages\//, '')}:${line + 1}: ${why}: ${node.getText().slice(0, 80)}`,
  );
};

/** Classes of which a board has one object, and its path. */
export const SINGLETONS = new Map([
  ['Vm', 'vm'],
  ['Heap', 'vm.heap'],
  ['LinearMemory', 'vm.memory'],
  ['QstrTable', 'vm.qstrs'],
  ['RomLookupCache', 'vm.romCache'],
  ['ClassCache', 'vm.classCache'],
  ['TableIndexes', 'vm.tableIndexes'],
  ['BufferInfo', 'vm.buf'],
  ['HandlerTrace', 'vm.handlers'],
  ['ImportStaging', 'vm.staging'],
]);

const ELEMENTS = new Map([
  ['Int32Array', 'i32'],
  ['Uint32Array', 'u32'],
  ['Uint16Array', 'u16'],
  ['Int16Array', 'i16'],
  ['Uint8Array', 'u8'],
  ['Int8Array', 'i8'],
  ['Float64Array', 'f64'],
  ['Float32Array', 'f32'],
]);

export class Program {
  constructor(root, entries) {
    const config = ts.readConfigFile(`${root}packages/vm/tsconfig.json`, ts.sys.readFile).config;
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, `${root}packages/vm/`);
    this.root = root;
    this.program = ts.createProgram(entries, options);
    this.checker = this.program.getTypeChecker();
  }

  file(path) {
    return this.program.getSourceFile(path);
  }

  /** The symbol behind imports. */
  symbol(node) {
    let s = this.checker.getSymbolAtLocation(node);
    if (s !== undefined && (s.flags & ts.SymbolFlags.Alias) !== 0) s = this.checker.getAliasedSymbol(s);
    return s;
  }

  /** 'i32', 'f64', 'void', 'never', or an entity: {k: 'obj', path} or {k: 'array', elem}; undefined for anything else. */
  typeOf(type, node) {
    if (node !== undefined && ts.isTypeReferenceNode(node) && node.typeName.getText() === 'Double') return 'f64';
    const F = ts.TypeFlags;
    if ((type.flags & (F.NumberLike | F.BooleanLike)) !== 0) return 'i32';
    if (type.isUnion() && type.types.every((t) => (t.flags & (F.NumberLike | F.BooleanLike)) !== 0)) return 'i32';
    if ((type.flags & F.Never) !== 0) return 'never';
    if ((type.flags & (F.Void | F.Undefined)) !== 0) return 'void';
    const name = type.symbol?.name;
    if (name !== undefined && SINGLETONS.has(name)) return { k: 'obj', path: SINGLETONS.get(name), type };
    if (name !== undefined && ELEMENTS.has(name)) return { k: 'array', elem: ELEMENTS.get(name) };
    return undefined;
  }

  /** Parameters and result of a function as WebAssembly sees them; entities have no place in it. Undefined if there is no such thing. */
  signature(decl) {
    if (decl.asteriskToken !== undefined || decl.typeParameters !== undefined) return undefined;
    const params = [];
    for (const p of decl.parameters) {
      if (p.dotDotDotToken !== undefined) return undefined;
      const t = this.typeOf(this.checker.getTypeAtLocation(p), p.type);
      if (t === undefined || t === 'void' || t === 'never') return undefined;
      params.push({ type: t, decl: p });
    }
    const signature = this.checker.getSignatureFromDeclaration(decl);
    const result = this.typeOf(this.checker.getReturnTypeOfSignature(signature), decl.type);
    if (result === undefined || typeof result === 'object') return undefined;
    return { params, result };
  }

  /** A compile-time number, or undefined. */
  constant(node) {
    if (ts.isNumericLiteral(node)) return Number(node.text.replaceAll('_', ''));
    if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return this.constant(node.expression);
    if (node.kind === ts.SyntaxKind.TrueKeyword) return 1;
    if (node.kind === ts.SyntaxKind.FalseKeyword) return 0;
    if (ts.isPrefixUnaryExpression(node)) {
      const v = this.constant(node.operand);
      if (v === undefined) return undefined;
      if (node.operator === ts.SyntaxKind.MinusToken) return -v;
      if (node.operator === ts.SyntaxKind.TildeToken) return ~v;
      return undefined;
    }
    if (ts.isBinaryExpression(node)) {
      const K = ts.SyntaxKind;
      const k = node.operatorToken.kind;
      if (k < K.FirstBinaryOperator || (k >= K.FirstAssignment && k <= K.LastAssignment)) return undefined;
      const a = this.constant(node.left);
      const b = a === undefined ? undefined : this.constant(node.right);
      if (b === undefined) return undefined;
      switch (k) {
        case K.PlusToken:
          return a + b;
        case K.MinusToken:
          return a - b;
        case K.AsteriskToken:
          return a * b;
        case K.BarToken:
          return a | b;
        case K.AmpersandToken:
          return a & b;
        case K.LessThanLessThanToken:
          return a << b;
        case K.GreaterThanGreaterThanToken:
          return a >> b;
        default:
          return undefined;
      }
    }
    if (ts.isPropertyAccessExpression(node)) {
      const v = this.checker.getConstantValue(node);
      return typeof v === 'number' ? v : undefined;
    }
    if (ts.isIdentifier(node)) {
      const d = this.symbol(node)?.valueDeclaration;
      if (d !== undefined && ts.isVariableDeclaration(d) && isModuleConst(d) && d.initializer !== undefined)
        return this.constant(d.initializer);
    }
    return undefined;
  }
}

/** Whether a variable is declared with const at the top of a module. */
export function isModuleConst(d) {
  return (d.parent.flags & ts.NodeFlags.Const) !== 0 && ts.isSourceFile(d.parent.parent.parent);
}
