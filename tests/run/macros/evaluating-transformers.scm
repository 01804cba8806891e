;; Transformers evaluate in environments of the program that is being expanded: for phase 1, with instances of its libraries of their own.
;; no eval: its libraries belong to the text
;; output: tables loaded
;; output: (6 6)
;; output: 3
;; output: (local 1 2)
;; output: tables loaded
;; output: (1 2 0)
;; output: (0 1)
(define-library (tables)
  (import (scheme base) (scheme write))
  (export double next! twice)
  (begin
    (display "tables loaded")
    (newline)
    (define count 0)
    (define (next!) (let ((n count)) (set! count (+ count 1)) n))
    (define-syntax twice (syntax-rules () ((_ e) (list e e))))
    (define (double x) (* 2 x))))
(define-library (never seen by the program)
  (import (scheme base) (tables))
  (export three)
  (begin (define three (+ 1 (double 1)))))
(import (scheme base) (scheme write) (scheme eval) (kestrel syntax-case))
(define-syntax show (syntax-rules () ((_ e) (begin (write e) (newline)))))

(define-syntax computed
  (lambda (stx)
    (syntax-case stx ()
      ((k library e)
       (datum->syntax #'k (list 'quote (eval (syntax->datum #'e) (environment '(scheme base) (syntax->datum #'library)))))))))
(show (computed (tables) (twice (double 3))))
(show (computed (never seen by the program) three))

;; What the environment's macros expand to is not mixed up with what is around the use.
(show (let ((list 5) (tmp 1)) (computed (scheme base) (let-syntax ((m (syntax-rules () ((_ x) (let ((tmp 2)) (list 'local x tmp)))))) (let ((tmp 1)) (m tmp))))))

;; State at phase 1 goes on from use to use; that of the program is another.
(show (append (list (car (computed (tables) (begin (next!) (list (next!))))) (computed (tables) (next!)))
              (list (eval '(next!) (environment '(tables))))))
(show (let* ((first 0) (second (eval '(next!) (environment '(tables))))) (list first second)))
