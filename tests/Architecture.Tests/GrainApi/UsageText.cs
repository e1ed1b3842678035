using System.Reflection.Metadata;

namespace PosteRestante.Architecture.Tests.GrainApi;

/// <summary>The value of an <c>[AttributeUsage]</c> (ECMA-335 II.23.3), with what it leaves to the defaults filled in.</summary>
internal static class UsageText
{
    public static string Read(BlobReader value)
    {
        value.ReadUInt16();
        var targets = (AttributeTargets)value.ReadInt32();
        var (multiple, inherited) = (false, true);
        for (var named = value.ReadUInt16(); named > 0; named--)
        {
            value.ReadUInt16();
            var name = value.ReadSerializedString();
            var flag = value.ReadBoolean();
            (multiple, inherited) = name == "AllowMultiple" ? (flag, inherited) : (multiple, flag);
        }

        return $"on {targets}{(multiple ? ", many" : "")}{(inherited ? "" : ", not inherited")}";
    }
}
