;; Identifiers from templates that are filled before any expansion are not those of a use.
;; output: (1 5)
;; output: #t
;; output: #t
(import (scheme base) (scheme write) (kestrel syntax-case))
(define-syntax show (syntax-rules () ((_ e) (begin (write e) (newline)))))
(define-for-syntax name #'tmp)
(define-syntax both
  (lambda (stx)
    (syntax-case stx ()
      ((_ e) #`(let ((#,name 1)) (list #,name e))))))
(show (let ((tmp 5)) (both tmp)))

;; One that was made once is always the same.
(define-for-syntax is-same (bound-identifier=? name name))
(define-syntax same (lambda (stx) (datum->syntax name is-same)))
(show (same))

;; In a running program there is nothing to tell it from.
(show (bound-identifier=? #'x #'x))
