;; Guile's string-map and string-for-each take one string and a range.
(define (string-map f . strings) (list->string (apply map f (map string->list strings))))
(define (string-for-each f . strings) (apply for-each f (map string->list strings)))
;; Guile 3.0.8 runs the outer `after` and `before` again when a continuation of the inner extent of two is called from the innermost:
;; (dynamic-wind a (lambda () (call/cc (lambda (k) (dynamic-wind b (lambda () (k 1)) c)))) d) runs b c d a. So continuations here carry a list of winds
;; of their own.
(define winds '())
(define native-call/cc call-with-current-continuation)
(define (dynamic-wind before thunk after)
  (before)
  (set! winds (cons (cons before after) winds))
  (call-with-values thunk
    (lambda results
      (set! winds (cdr winds))
      (after)
      (apply values results))))
(define (travel to)
  (let* ((same (let loop ((a (list-tail winds (max 0 (- (length winds) (length to))))) (b (list-tail to (max 0 (- (length to) (length winds))))))
                 (if (eq? a b) a (loop (cdr a) (cdr b))))))
    (let leave ()
      (if (not (eq? winds same))
          (let ((after (cdar winds))) (set! winds (cdr winds)) (after) (leave))))
    (let enter ((to to))
      (if (not (eq? to same))
          (begin (enter (cdr to)) ((caar to)) (set! winds to))))))
(define (call/cc f)
  (let ((here winds))
    (native-call/cc (lambda (k) (f (lambda results (travel here) (apply k results)))))))
(define-syntax guard
  (syntax-rules (else)
    ((_ (e clause ... (else x ...)) body ...)
      ((call/cc
         (lambda (leave)
           (with-exception-handler
             (lambda (e) (leave (lambda () (cond clause ... (else x ...)))))
             (lambda () (call-with-values (lambda () body ...) (lambda results (lambda () (apply values results))))))))))
    ((_ (e clause ...) body ...)
      ((call/cc
         (lambda (leave)
           (with-exception-handler
             (lambda (e)
               ((call/cc (lambda (raised) (leave (lambda () (cond clause ... (else (raised (lambda () (raise-continuable e)))))))))))
             (lambda () (call-with-values (lambda () body ...) (lambda results (lambda () (apply values results))))))))))))
