;; What a transformer raises shows where, and the calls that led there.
;; error: length: argument 1 must be a list, but is 5
;; error: raises-in-a-helper.scm:15:21
;; error: `m` is defined here
;; error: raised here, in second
;; error: called at 
;; error: :13:14, in m
;; status: 65
(import (scheme base) (kestrel syntax-case))
(define-for-syntax (second form)
  (list (cadr (syntax->list form)) (length 5)))
(define-syntax (m stx)
  (let ((all (second stx)))
    #`(list #,@all)))
(define (f x) (list (m x)))
