// The words of Skive's languages: models and graphs, rewrite rules, pipelines.
lexer grammar SkiveLexer;

GRAPH: 'graph';
FN: 'fn';
LET: 'let';
REPEAT: 'repeat';
IN: 'in';
RETURN: 'return';
WEIGHTS: 'weights';
AS: 'as';
RULE: 'rule';
MATCH: 'match';
WHERE: 'where';
REPLACE: 'replace';
LOWERS: 'lowers';
FIRES: 'fires';
SKIPS: 'skips';
ONCE: 'once';
FROM: 'from';

// A size, a value, an operator, an element type. Names that are no identifiers are written as strings where they may occur.
UNDERSCORE: '_';
NAME: [A-Za-z_] [A-Za-z0-9_]* ('.' [A-Za-z0-9_]+)*;

FLOAT: DIGITS '.' DIGITS EXPONENT? | DIGITS EXPONENT;
// The bits of an element, for numbers that have no other exact text.
BITS: '0x' [0-9a-fA-F]+;
INT: DIGITS;
STRING: '"' (~["\\\r\n] | '\\' ["\\nrt] | '\\u' HEX HEX HEX HEX)* '"';

ARROW: '->';
DOTS: '...';
TO: '..';
EQUAL: '==';
DIFFERENT: '!=';
AT_MOST: '<=';
AT_LEAST: '>=';
BOTH: '&&';
EITHER: '||';
LESS: '<';
GREATER: '>';
IS: '=';
PLUS: '+';
MINUS: '-';
TIMES: '*';
OVER: '/';
REST: '%';
AT: '@';
NOT: '!';
OR: '|';
ABOUT: '~';
HOLE: '$' [A-Za-z_] [A-Za-z0-9_]*;
OPEN: '(';
CLOSE: ')';
OPEN_LIST: '[';
CLOSE_LIST: ']';
OPEN_BLOCK: '{';
CLOSE_BLOCK: '}';
COMMA: ',';
COLON: ':';

COMMENT: '//' ~[\r\n]* -> channel(HIDDEN);
SPACE: [ \t\r\n]+ -> channel(HIDDEN);
UNKNOWN: .;

fragment DIGITS: [0-9]+;
fragment EXPONENT: [eE] [+-]? [0-9]+;
fragment HEX: [0-9a-fA-F];
