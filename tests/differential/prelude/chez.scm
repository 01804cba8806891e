;; What R7RS has and Chez Scheme 9.5 has not, or spells otherwise.
(import (chezscheme))
(define native-number->string number->string)
(define (number->string x . radix) ; small letters, and no width of a subnormal number's mantissa
  (let ((s (string-downcase (apply native-number->string x radix))))
    (let loop ((i 0)) (cond ((= i (string-length s)) s) ((char=? (string-ref s i) #\|) (substring s 0 i)) (else (loop (+ i 1)))))))
(define-syntax make-promise (syntax-rules () ((_ x) (let ((v x)) (delay v)))))
(define-syntax delay-force (syntax-rules () ((_ x) (delay (force x)))))
(define-syntax define-record-type
  (syntax-rules ()
    ((_ name (make field ...) is? clause ...)
      (begin
        (define type (make-record-type-descriptor 'name #f #f #f #f (list->vector (map (lambda (f) (list 'mutable f)) '(field ...)))))
        (define make (record-constructor (make-record-constructor-descriptor type #f #f)))
        (define is? (record-predicate type))
        (define-fields type (field ...) clause) ...))))
(define-syntax define-fields
  (syntax-rules ()
    ((_ type fields (field get)) (define get (record-accessor type (index-of 'field 'fields))))
    ((_ type fields (field get set)) (begin (define-fields type fields (field get)) (define set (record-mutator type (index-of 'field 'fields)))))))
(define (index-of x l) (if (eq? x (car l)) 0 (+ 1 (index-of x (cdr l)))))
