namespace PosteRestante.Functional.Tests.Telemetry;

/// <summary>One field of a protobuf message; of a number only the octets.</summary>
internal readonly record struct ProtobufField(int Number, byte[] Octets)
{
    private const int Fixed64 = 1;
    private const int Delimited = 2;
    private const int Fixed32 = 5;

    /// <summary>Reads the fields of a message.</summary>
    public static List<ProtobufField> Read(byte[] message)
    {
        List<ProtobufField> fields = [];
        for (var at = 0; at < message.Length;)
        {
            var key = Varint(message, ref at);
            var from = at;
            var length = (int)(key & 7) switch
            {
                Fixed64 => 8,
                Fixed32 => 4,
                Delimited => (int)Varint(message, ref at),
                _ => 0,
            };
            if ((key & 7) == 0)
            {
                Varint(message, ref at);
                length = at - from;
                at = from;
            }

            fields.Add(new ProtobufField((int)(key >> 3), message[at..(at + length)]));
            at += length;
        }

        return fields;
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var octet = message[at++];
            value |= (ulong)(octet & 0x7F) << shift;
            if (octet < 0x80)
            {
                return value;
            }
        }
    }
}
