(define-library (scheme r5rs)
  (import (scheme base) (scheme char) (scheme complex) (scheme cxr) (scheme eval) (scheme file) (scheme inexact) (scheme lazy)
          (scheme load) (scheme read) (scheme repl) (scheme write)
          (only (kestrel primitives) exact->inexact inexact->exact null-environment scheme-report-environment))
  (export
   ;; syntax; the auxiliary keywords and `syntax-rules` so that macros can be written
   _ ... => and begin case cond define define-syntax delay do else if lambda let let* let-syntax letrec letrec-syntax or
   quasiquote quote set! syntax-rules unquote unquote-splicing
   ;; equivalence, booleans
   boolean? eq? equal? eqv? not
   ;; numbers
   * + - / < <= = > >= abs acos angle asin atan ceiling complex? cos denominator even? exact? exp expt floor gcd imag-part inexact?
   integer? lcm log magnitude make-polar make-rectangular max min modulo negative? number->string number? numerator odd? positive? quotient rational?
   rationalize real-part real? remainder round sin sqrt string->number tan truncate zero?
   inexact->exact exact->inexact
   ;; pairs and lists
   append assoc assq assv car cdr cons length list list-ref list-tail list? member memq memv null? pair? reverse set-car!
   set-cdr! caar cadr cdar cddr caaar caadr cadar caddr cdaar cdadr cddar cdddr caaaar caaadr caadar caaddr cadaar cadadr
   caddar cadddr cdaaar cdaadr cdadar cdaddr cddaar cddadr cdddar cddddr
   ;; symbols, characters
   string->symbol symbol->string symbol? char->integer char-alphabetic? char-ci<=? char-ci<? char-ci=? char-ci>=?
   char-ci>? char-downcase char-lower-case? char-numeric? char-upcase char-upper-case? char-whitespace? char<=? char<?
   char=? char>=? char>? char? integer->char
   ;; strings
   list->string make-string string string->list string-append string-ci<=? string-ci<? string-ci=? string-ci>=?
   string-ci>? string-copy string-fill! string-length string-ref string-set! string<=? string<? string=? string>=?
   string>? string? substring
   ;; vectors
   list->vector make-vector vector vector->list vector-fill! vector-length vector-ref vector-set! vector?
   ;; control
   apply call-with-current-continuation call-with-values dynamic-wind for-each force map procedure? values
   ;; eval
   eval interaction-environment null-environment scheme-report-environment
   ;; ports
   call-with-input-file call-with-output-file char-ready? close-input-port close-output-port current-input-port
   current-output-port display eof-object? input-port? load newline open-input-file open-output-file output-port?
   peek-char read read-char with-input-from-file with-output-to-file write write-char))
