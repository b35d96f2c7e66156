// Skive's languages. Three entries: `modelFile` (models a person writes, and printed graphs), `ruleFile`, `pipelineText`.
parser grammar SkiveParser;

options { tokenVocab = SkiveLexer; }

// ---- models and graphs

modelFile: item* EOF;

// A graph alone, as it stands in the examples of rules.
closureText: OPEN (parameter (COMMA parameter)*)? CLOSE block EOF;

item: weights | let | function | graph;

// A file, or `random(7)`: numbers made up from a seed.
weights: WEIGHTS (STRING | NAME OPEN INT CLOSE) (AS NAME)?;

let: LET NAME IS expression;

function: FN NAME OPEN (parameter (COMMA parameter)*)? CLOSE (ARROW parameterType (COMMA parameterType)*)? block;

graph: GRAPH (NAME | STRING) OPEN (parameter (COMMA parameter)*)? CLOSE block;

// The string is the name in the model file when that is no identifier.
parameter: NAME STRING? (COLON parameterType)? (IS expression)?;

// A tensor type, `f32[batch, 384]`, or a kind of type over others, `sequence(f32[n])`, or the type of an attribute, `int`.
parameterType: NAME shape | NAME OPEN parameterType CLOSE | NAME;

// `[...]`: nothing is known, not even how many sizes there are.
shape: OPEN_LIST (expression (COMMA expression)* | DOTS)? CLOSE_LIST;

block: OPEN_BLOCK statement* CLOSE_BLOCK;

statement
    : let                                                       # letStatement
    | target (COMMA target)* IS expression origin?              # assignment
    | REPEAT NAME IN expression TO expression block             # repetition
    | RETURN returned (COMMA returned)*                         # returning
    ;

target: NAME | UNDERSCORE;

// The source nodes a statement stands for.
origin: FROM STRING (COMMA STRING)*;

returned: ((NAME | STRING) IS)? expression;

// ---- expressions: values, attributes, sizes, patterns and conditions

expression
    : MINUS expression                                                              # negation
    | NOT expression                                                                # denial
    | ABOUT expression                                                              # approximately
    | ONCE expression                                                               # onlyUse
    | expression op = (TIMES | OVER | REST | AT) expression                         # binary
    | expression op = (PLUS | MINUS) expression                                     # binary
    | expression op = (EQUAL | DIFFERENT | LESS | AT_MOST | GREATER | AT_LEAST) expression # binary
    | expression op = BOTH expression                                               # binary
    | expression op = EITHER expression                                             # binary
    | expression op = OR expression                                                 # binary
    | application                                                                   # call
    | NAME shape elements?                                                          # tensor
    | OPEN (parameter (COMMA parameter)*)? CLOSE block                              # closure
    | OPEN_LIST (expression (COMMA expression)*)? CLOSE_LIST                        # list
    | OPEN expression CLOSE                                                         # group
    | HOLE DOTS?                                                                    # hole
    | NAME                                                                          # name
    | UNDERSCORE                                                                    # missing
    | (INT | FLOAT | BITS)                                                          # number
    | STRING                                                                        # text
    ;

application: NAME OPEN (argument (COMMA argument)*)? CLOSE;

// A choice may be called like a word of the languages: `combination=replace`.
argument: word IS keyword | (word IS)? expression;

elements: OPEN_BLOCK (element (COMMA element)*)? CLOSE_BLOCK;

element: MINUS? (INT | FLOAT | BITS | NAME) | STRING;

// ---- rewrite rules

ruleFile: rewriteRule* EOF;

rewriteRule
    : RULE kebab (COLON NAME)? OPEN_BLOCK
      MATCH pattern
      (WHERE expression (COMMA expression)*)?
      REPLACE pattern
      (LOWERS kebab)?
      example*
      CLOSE_BLOCK
    ;

// One expression, or statements that name parts, the whole last: an operator, or alternatives of operators. (If any
// expression could stand there, `a` and then `(b)` could be two expressions, and errors in a call were found too late.)
pattern: expression | OPEN_BLOCK part* alternative (OR alternative)* CLOSE_BLOCK;

alternative: ONCE? application;

part: target (COMMA target)* IS expression;

example: (FIRES | SKIPS) OPEN (parameter (COMMA parameter)*)? CLOSE (IS expression | block);

// ---- pipelines

pipelineText: (pass (COMMA pass)*)? EOF;

pass: kebab (OPEN_BLOCK (option (COMMA option)*)? CLOSE_BLOCK)?;

option: kebab IS optionValue;

optionValue: MINUS? (INT | FLOAT) | kebab | STRING;

// Words joined by hyphens; no space may stand between them.
kebab: word (MINUS (word | INT))*;

word: NAME | keyword;

keyword
    : GRAPH | FN | LET | REPEAT | IN | RETURN | WEIGHTS | AS | RULE | MATCH | WHERE | REPLACE | LOWERS | FIRES | SKIPS | ONCE | FROM
    ;
