;; Procedures over lists, vectors and strings that take procedures. They are in Scheme so that the optimiser sees through them, and they build their
;; results without mutating anything a captured continuation could see (R7RS 6.10: re-entering a `map` must not disturb earlier returns).

(define-library (kestrel sequence)
  (import (kestrel syntax) (kestrel primitives) (kestrel check))
  (export map for-each vector-map vector-for-each string-map string-for-each
          member assoc string-count
          caaar caadr cadar caddr cdaar cdadr cddar cdddr
          caaaar caaadr caadar caaddr cadaar cadadr caddar cadddr
          cdaaar cdaadr cdadar cdaddr cddaar cddadr cdddar cddddr)
  (begin
    (define-accessors "pair whose parts are pairs, too"
      (caaar car car car) (caadr cdr car car) (cadar car cdr car) (caddr cdr cdr car)
      (cdaar car car cdr) (cdadr cdr car cdr) (cddar car cdr cdr) (cdddr cdr cdr cdr)
      (caaaar car car car car) (caaadr cdr car car car) (caadar car cdr car car) (caaddr cdr cdr car car)
      (cadaar car car cdr car) (cadadr cdr car cdr car) (caddar car cdr cdr car) (cadddr cdr cdr cdr car)
      (cdaaar car car car cdr) (cdaadr cdr car car cdr) (cdadar car cdr car cdr) (cdaddr cdr cdr car cdr)
      (cddaar car car cdr cdr) (cddadr cdr car cdr cdr) (cdddar car cdr cdr cdr) (cddddr cdr cdr cdr cdr))

    ;; Whether every list has a next element.
    (define (all-pairs? lists)
      (or (null? lists) (and (pair? (car lists)) (all-pairs? (cdr lists)))))
    (define (cars lists) (if (null? lists) '() (cons (caar lists) (cars (cdr lists)))))
    (define (cdrs lists) (if (null? lists) '() (cons (cdar lists) (cdrs (cdr lists)))))

    (define map
      (case-lambda
        ((f l)
         (check-procedure 'map 1 f)
         (let loop ((rest l))
           (if (pair? rest)
               (let ((x (f (car rest)))) (cons x (loop (cdr rest))))
               (begin (check-end 'map 2 rest l) '()))))
        ((f a b)
         (check-procedure 'map 1 f)
         (let loop ((x a) (y b))
           (if (and (pair? x) (pair? y))
               (let ((z (f (car x) (car y)))) (cons z (loop (cdr x) (cdr y))))
               (begin (check-rest 'map 2 x a) (check-rest 'map 3 y b) '()))))
        ((f a . lists)
         (check-procedure 'map 1 f)
         (let ((all (cons a lists)))
           (let loop ((lists all))
             (if (all-pairs? lists)
                 (let ((x (apply f (cars lists)))) (cons x (loop (cdrs lists))))
                 (begin (check-rests 'map 2 lists all) '())))))))

    (define for-each
      (case-lambda
        ((f l)
         (check-procedure 'for-each 1 f)
         (let loop ((rest l))
           (if (pair? rest)
               (begin (f (car rest)) (loop (cdr rest)))
               (check-end 'for-each 2 rest l))))
        ((f a b)
         (check-procedure 'for-each 1 f)
         (let loop ((x a) (y b))
           (if (and (pair? x) (pair? y))
               (begin (f (car x) (car y)) (loop (cdr x) (cdr y)))
               (begin (check-rest 'for-each 2 x a) (check-rest 'for-each 3 y b)))))
        ((f a . lists)
         (check-procedure 'for-each 1 f)
         (let ((all (cons a lists)))
           (let loop ((lists all))
             (if (all-pairs? lists)
                 (begin (apply f (cars lists)) (loop (cdrs lists)))
                 (check-rests 'for-each 2 lists all)))))))

    ;; The least length of several vectors or strings.
    (define (shortest length sequences)
      (let loop ((least (length (car sequences))) (rest (cdr sequences)))
        (if (null? rest)
            least
            (let ((n (length (car rest)))) (loop (if (< n least) n least) (cdr rest))))))

    ;; The elements at index i of several vectors or strings.
    (define (elements ref sequences i)
      (if (null? sequences) '() (cons (ref (car sequences) i) (elements ref (cdr sequences) i))))

    ;; Results are gathered in a list, last first, so that re-entry is harmless.
    (define (gather n f)
      (let loop ((i 0) (results '()))
        (if (< i n)
            (let ((x (f i))) (loop (+ i 1) (cons x results)))
            (reverse results))))

    (define vector-map
      (case-lambda
        ((f v)
         (check-procedure 'vector-map 1 f)
         (check vector? 'vector-map 2 v "vector")
         (list->vector (gather (vector-length v) (lambda (i) (f (vector-ref v i))))))
        ((f v . vs)
         (check-procedure 'vector-map 1 f)
         (let ((vs (cons v vs)))
           (check-all vector? 'vector-map 2 vs "vector")
           (list->vector (gather (shortest vector-length vs) (lambda (i) (apply f (elements vector-ref vs i)))))))))
    (define vector-for-each
      (case-lambda
        ((f v)
         (check-procedure 'vector-for-each 1 f)
         (check vector? 'vector-for-each 2 v "vector")
         (let ((n (vector-length v)))
           (let loop ((i 0))
             (when (< i n) (f (vector-ref v i)) (loop (+ i 1))))))
        ((f v . vs)
         (check-procedure 'vector-for-each 1 f)
         (let ((vs (cons v vs)))
           (check-all vector? 'vector-for-each 2 vs "vector")
           (let ((n (shortest vector-length vs)))
             (let loop ((i 0))
               (when (< i n) (apply f (elements vector-ref vs i)) (loop (+ i 1)))))))))
    (define-syntax checked-char
      (syntax-rules ()
        ((_ f e)
         (let ((c e)) (if (char? c) c (%wrong-type 'string-map 1 f "procedure that answers characters"))))))
    (define string-map
      (case-lambda
        ((f s)
         (check-procedure 'string-map 1 f)
         (check string? 'string-map 2 s "string")
         (list->string (gather (string-length s) (lambda (i) (checked-char f (f (string-ref s i)))))))
        ((f s . ss)
         (check-procedure 'string-map 1 f)
         (let ((ss (cons s ss)))
           (check-all string? 'string-map 2 ss "string")
           (list->string
            (gather (shortest string-length ss)
                    (lambda (i) (checked-char f (apply f (elements string-ref ss i))))))))))
    (define string-for-each
      (case-lambda
        ((f s)
         (check-procedure 'string-for-each 1 f)
         (check string? 'string-for-each 2 s "string")
         (let ((n (string-length s)))
           (let loop ((i 0))
             (when (< i n) (f (string-ref s i)) (loop (+ i 1))))))
        ((f s . ss)
         (check-procedure 'string-for-each 1 f)
         (let ((ss (cons s ss)))
           (check-all string? 'string-for-each 2 ss "string")
           (let ((n (shortest string-length ss)))
             (let loop ((i 0))
               (when (< i n) (apply f (elements string-ref ss i)) (loop (+ i 1)))))))))
    (define (string-count s pred)
      (check string? 'string-count 1 s "string")
      (check-procedure 'string-count 2 pred)
      (let ((n (string-length s)))
        (let loop ((i 0) (count 0))
          (if (< i n)
              (loop (+ i 1) (if (pred (string-ref s i)) (+ count 1) count))
              count))))

    (define member
      (case-lambda
        ((x l) (%member x l))
        ((x l same?)
         (check-procedure 'member 3 same?)
         (let loop ((rest l))
           (cond ((pair? rest) (if (same? x (car rest)) rest (loop (cdr rest))))
                 (else (check-end 'member 2 rest l) #f))))))
    (define assoc
      (case-lambda
        ((x l) (%assoc x l))
        ((x l same?)
         (check-procedure 'assoc 3 same?)
         (let loop ((rest l))
           (cond ((pair? rest)
                  (let ((entry (car rest)))
                    (if (pair? entry)
                        (if (same? x (car entry)) entry (loop (cdr rest)))
                        (%wrong-type 'assoc 2 l "association list"))))
                 (else (check-end 'assoc 2 rest l) #f))))))))
