(define-library (support tables)
  (import (scheme base) (kestrel syntax-case))
  (export triple named-color state bump-state!)
  (begin
    (define n 0)
    (define (state) n)
    (define (bump-state!) (set! n (+ n 1)))
    (define (triple x) (* 3 x))
    (define-for-syntax (qualified id) (string-append "support.tables:" (symbol->string (syntax->datum id))))
    (define-syntax named-color
      (lambda (stx)
        (syntax-case stx ()
          ((k c) (with-syntax ((name (datum->syntax #'k (qualified #'color)))) #'(make name 'c))))))
    (define (make name color) (list name color))))
