;; Phases: libraries and definitions for syntax.
;; no eval: asks for a position in its text
;; output: (instantiated at phase 1 or 0)
;; output: (3 15)
;; output: (1 3 5 pre)
;; output: ("support.tables:color" green)
;; output: (1 2 3)
;; output: (0 0)
;; output: 6
;; output: (syntax-rules inside)
;; output: #t
;; output: (#t 1 9)
;; output: (the-answer . 42)
(import (scheme base) (scheme write) (kestrel syntax-case) (support tables))
(define-syntax show (syntax-rules () ((_ e) (begin (write e) (newline)))))
(show '(instantiated at phase 1 or 0))

;; A library's procedure in a transformer, and in the program.
(define-syntax at-expansion (lambda (stx) (syntax-case stx () ((k n) (datum->syntax #'k (triple (syntax->datum #'n)))))))
(show (list (at-expansion 1) (triple 5)))

(begin-for-syntax
  (define (evens l) (if (null? l) '() (cons (car l) (odds (cdr l)))))
  (define (odds l) (if (null? l) '() (evens (cdr l)))))
(define-for-syntax last "pre")
(define-syntax every-other
  (lambda (stx) (syntax-case stx () ((k a ...) #`'(#,@(evens #'(a ...)) #,(datum->syntax #'k (string->symbol last)))))))
(show (every-other 1 2 3 4 5))

;; A macro exported by a library whose transformer uses a private procedure for syntax.
(show (named-color green))

;; State at phase 1 belongs to the expansion.
(define-for-syntax counter 0)
(define-syntax next! (lambda (stx) (set! counter (+ counter 1)) (datum->syntax (syntax-case stx () ((k) #'k)) counter)))
(show (let* ((a (next!)) (b (next!)) (c (next!))) (list a b c)))

;; The library's state at run time is not touched by what transformers do to theirs.
(define-syntax bump (lambda (stx) (bump-state!) #'(state)))
(show (let* ((a (bump)) (b (bump))) (list a b)))

;; Macros of this program in transformers.
(define-syntax add (syntax-rules () ((_ a b) (+ a b))))
(define-syntax six (lambda (stx) (syntax-case stx () ((k) (datum->syntax #'k (add 1 (add 2 3)))))))
(show (six))

;; A transformer that has local macros, of either kind.
(define-syntax outer
  (lambda (stx)
    (let-syntax ((q (syntax-rules () ((_ e) (syntax e))))
                 (inner (lambda (s) (syntax-case s () ((_ x) #'(list x))))))
      (car (inner (q '(syntax-rules inside)))))))
(show (outer))

;; What a transformer prints, is printed at once; a syntax object shows its place.
(define-syntax prints
  (lambda (stx)
    (syntax-case stx ()
      ((k x)
       (let ((port (open-output-string)))
         (write #'x port)
         (datum->syntax #'k (get-output-string port)))))))
(show (let ((text (prints something)))
        (and (string=? (string-copy text 0 22) "#<syntax something at ")
             (string=? (string-copy text (- (string-length text) 14)) "phases.scm:63>"))))
;; Any definition can be for syntax.
(begin-for-syntax
  (define-values (low high) (values 1 9))
  (define-record-type range (make-range from to) range? (from range-from) (to range-to))
  (define-syntax both (syntax-rules () ((_ a b) (make-range a b))))
  (define all (both low high)))
(define-syntax range-of-all
  (lambda (stx) (syntax-case stx () ((k) #`'#,(datum->syntax #'k (list (range? all) (range-from all) (range-to all)))))))
(show (range-of-all))
;; In a body, too.
(define (body)
  (define-for-syntax (label id) (string->symbol (string-append "the-" (symbol->string (syntax->datum id)))))
  (define-syntax labelled (lambda (stx) (syntax-case stx () ((_ x) #`(cons '#,(datum->syntax #'x (label #'x)) x)))))
  (define answer 42)
  (labelled answer))
(show (body))
